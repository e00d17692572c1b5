import { resolve } from 'node:path'
import { Command } from 'commander'
import { importFirstService } from '#lib/legacy/index.ts'
import { openForProgram, runProgram } from './program.ts'

const program = new Command('npm run import --')
  .description("Takes over accounts, passwords, API keys and history from the first service's users.db.")
  .argument('<file>', 'the old users.db; it is only read')
  .action(async (file: string) => {
    await openForProgram()
    const { users, calls } = await importFirstService(resolve(file))
    console.log(
      `${users.added.length} users added, ${users.known.length} already here, ${calls.added} calls added, ${calls.known} already here.`,
    )
    for (const { username, reason } of users.refused) console.log(`Not imported: ${username}: ${reason}.`)
    if (calls.withoutOwner > 0) console.log(`${calls.withoutOwner} calls belong to nobody and stayed behind.`)
  })

await runProgram(program)

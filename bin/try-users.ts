import '#lib/dotenv.ts'
import { Command } from 'commander'
import { walk } from './try/walk.ts'

const port = process.env.SERVICE_PORT || '8000'

const program = new Command('npm run try-users --')
  .description('Walks through accounts and calls against a running server, with two users made for it.')
  .option('--url <address>', 'where the server is', process.env.PUBLIC_URL || `http://localhost:${port}`)
  .action(async ({ url }: { url: string }) => {
    console.log(`Trying ${url}\n`)
    try {
      for await (const { title, lines, isRight } of walk(url)) {
        console.log(`${isRight ? 'ok  ' : 'FAIL'}  ${title}`)
        for (const line of lines) console.log(`        ${line}`)
        if (!isRight) process.exitCode = 1
      }
    } catch (error) {
      const isUnreachable = error instanceof TypeError || (error instanceof Error && error.name === 'TimeoutError')
      console.log(isUnreachable ? `Nobody answers at ${url}. Is the service running?` : String(error))
      process.exitCode = 1
    }
    console.log(process.exitCode ? '\nSomething is not as it should be.' : '\nEverything is as it should be.')
  })

await program.parseAsync()

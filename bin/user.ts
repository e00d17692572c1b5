import { randomBytes } from 'node:crypto'
import { text } from 'node:stream/consumers'
import { Command } from 'commander'
import { applyChange, applyPassword, createSetupLink, createUser, findUserNamed } from '#lib/accounts/index.ts'
import { openForProgram, Refusal, runProgram } from './program.ts'

const program = new Command('npm run user --').description('Accounts, without a browser.')
program.hook('preAction', async () => {
  await openForProgram()
})

program
  .command('create <username>')
  .description('make an account; its password is printed once, or read from standard input')
  .requiredOption('--email <address>', 'e-mail address')
  .option('--admin', 'make it an administrator')
  .option('--password-stdin', 'read the password from standard input')
  .action(async (username: string, options: { email: string; admin?: boolean; passwordStdin?: boolean }) => {
    const password = options.passwordStdin ? await readPassword() : newPassword()
    await createUser({ username, email: options.email, password, role: options.admin ? 'admin' : 'member' })
    console.log(`${username} can sign in${options.admin ? ' and is an administrator' : ''}.`)
    if (!options.passwordStdin) console.log(`Password: ${password}`)
  })

program
  .command('password <username>')
  .description('set a new password, and take a lost second factor away; all sessions end')
  .option('--password-stdin', 'read the password from standard input')
  .action(async (name: string, options: { passwordStdin?: boolean }) => {
    const user = await requireNamed(name)
    const password = options.passwordStdin ? await readPassword() : newPassword()
    await applyPassword(user.id, password)
    console.log(`${user.username} has a new password and is signed out everywhere.`)
    if (!options.passwordStdin) console.log(`Password: ${password}`)
  })

const changes = {
  promote: { change: { role: 'admin' }, about: 'make an administrator', done: 'is an administrator' },
  demote: { change: { role: 'member' }, about: 'make an administrator a member again', done: 'is a member' },
  deactivate: { change: { isActive: false }, about: 'lock out at once', done: 'is locked out' },
  activate: { change: { isActive: true }, about: 'let in again', done: 'can sign in again' },
} as const

for (const [name, { change, about, done }] of Object.entries(changes)) {
  program
    .command(`${name} <username>`)
    .description(about)
    .action(async (username: string) => {
      const user = await requireNamed(username)
      await applyChange(user.id, change)
      console.log(`${user.username} ${done}.`)
    })
}

program
  .command('setup-link')
  .description('print a new link that makes the first administrator, once')
  .action(async () => {
    const link = await createSetupLink()
    if (!link) throw new Refusal('There is an administrator already: npm run user -- promote <username> makes another.')
    console.log(link)
  })

async function requireNamed(name: string) {
  const user = await findUserNamed(name)
  if (!user) throw new Refusal(`There is no user ${name}.`)
  return user
}

async function readPassword(): Promise<string> {
  return (await text(process.stdin)).replace(/\r?\n$/, '')
}

/** 96 bits, in groups that a person can read out. */
function newPassword(): string {
  return randomBytes(12).toString('hex').match(/.{6}/g)!.join('-')
}

await runProgram(program)

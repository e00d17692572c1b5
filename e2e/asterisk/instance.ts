import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { placeFiles, type WrittenFile } from '#lib/telephony/config/index.ts'
import { asteriskRoot, loader, modulesFolder } from './fetch.ts'
import { endsWithUs } from './guard.ts'
import { asteriskUser, giveAway, letRead, reachable } from './user.ts'

const run = promisify(execFile)

/** A private Asterisk: its own folders, its own user where that can be, no privileges, loopback only. */
export type Instance = {
  readonly folder: string
  readonly ariUrl: string
  /** Its console. */
  console(command: string): Promise<string>
  start(): Promise<void>
  /** `kill` is what a power cut does. */
  stop(how?: 'stop' | 'kill'): Promise<void>
  log(): Promise<string>
}

export type InstanceOptions = {
  folder: string
  ariPort: number
  ariUser: string
  ariPassword: string
  /** Files of the configuration folder; they are put there as `npm run asterisk-config` does it. */
  files: readonly WrittenFile[]
}

/** Configuration files that a packaged Asterisk has and these tests leave empty. */
const emptyFiles =
  `pjproject websocket_client chan_websocket udptl features cdr cel stasis manager indications sorcery acl
codecs ccss dnsmgr musiconhold rtp http ari pjsip extensions logger modules`.split(/\s+/)

export async function createInstance(options: InstanceOptions): Promise<Instance> {
  const { folder, ariPort, ariUser, ariPassword, files } = options
  await rm(folder, { recursive: true, force: true })
  const root = await reachable(asteriskRoot)
  const etc = join(folder, 'etc')
  const folders = ['lib', 'lib/keys', 'db', 'spool', 'spool/recording', 'spool/tmp', 'run', 'log', 'cache']
  await mkdir(etc, { recursive: true })
  for (const name of folders) {
    await mkdir(join(folder, name), { mode: 0o750 })
    await giveAway(join(folder, name))
  }
  await letRead(etc, 0o750)
  await placeFiles(etc, files, { replacesOwn: false })
  const isMissing = (name: string) => !files.some(file => file.name === `${name}.conf`)
  for (const name of emptyFiles.filter(isMissing)) await writeFile(join(etc, `${name}.conf`), '')
  await writeFile(join(etc, 'asterisk.conf'), asteriskConf(folder, root))
  const ariUrl = `http://127.0.0.1:${ariPort}`
  const [program, args] = loader(root, ['-C', join(etc, 'asterisk.conf')])
  let child: ChildProcess | null = null
  let output = ''

  async function isUp(): Promise<boolean> {
    const authorization = `Basic ${Buffer.from(`${ariUser}:${ariPassword}`).toString('base64')}`
    try {
      const response = await fetch(`${ariUrl}/ari/asterisk/ping`, {
        headers: { authorization },
        signal: AbortSignal.timeout(1_000),
      })
      return response.ok
    } catch {
      return false
    }
  }

  return {
    folder,
    ariUrl,
    async console(command) {
      const { stdout } = await run(program, [...args, '-rx', command], { timeout: 10_000 })
      return stdout
    },
    async start() {
      output = ''
      if (await isUp()) throw new Error(`Another Asterisk answers at ${ariUrl}: end it first.`)
      const mine = spawn(program, [...args, '-f', '-q'], {
        cwd: folder,
        stdio: ['ignore', 'pipe', 'pipe'],
        ...asteriskUser,
      })
      child = mine
      endsWithUs(mine)
      mine.once('exit', (code, signal) => {
        // nobody asked it to: the test that runs now fails with the reason instead of a refused connection
        if (child === mine)
          console.error(`Asterisk at ${ariUrl} ended with ${signal ?? code}.\n${output.slice(-2_000)}`)
      })
      mine.stdout.on('data', chunk => {
        output = (output + String(chunk)).slice(-20_000)
      })
      mine.stderr.on('data', chunk => {
        output = (output + String(chunk)).slice(-20_000)
      })
      for (let tries = 0; tries < 600; tries++) {
        if (mine.exitCode !== null) throw new Error(`Asterisk ended with ${mine.exitCode}.\n${output}`)
        if (await isUp()) return
        await new Promise(resolve => setTimeout(resolve, 50))
      }
      throw new Error(`Asterisk did not start.\n${output}`)
    },
    async stop(how = 'stop') {
      const mine = child
      child = null
      if (!mine || mine.exitCode !== null || mine.signalCode !== null) return
      const ended = new Promise<void>(resolve => mine.once('exit', () => resolve()))
      mine.kill(how === 'kill' ? 'SIGKILL' : 'SIGTERM')
      const timer = setTimeout(() => mine.kill('SIGKILL'), 8_000)
      await ended
      clearTimeout(timer)
    },
    async log() {
      return output
    },
  }
}

function asteriskConf(folder: string, root: string): string {
  return `[directories]
astcachedir => ${folder}/cache
astetcdir => ${folder}/etc
astmoddir => ${modulesFolder(root)}
astvarlibdir => ${folder}/lib
astdbdir => ${folder}/db
astkeydir => ${folder}/lib
astdatadir => ${root}/usr/share/asterisk
astagidir => ${folder}/lib
astspooldir => ${folder}/spool
astrundir => ${folder}/run
astlogdir => ${folder}/log
astsbindir => ${root}/usr/sbin
[options]
maxfiles = 20000
nocolor = yes
`
}

/** The messages that Asterisk's own log took, newest last. */
export async function logLines(instance: Instance): Promise<string[]> {
  const folder = join(instance.folder, 'log')
  const names = await readdir(folder)
  const { readFile } = await import('node:fs/promises')
  const texts = await Promise.all(names.map(name => readFile(join(folder, name), 'utf8').catch(() => '')))
  return texts.join('\n').split('\n').filter(Boolean)
}

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..', '..')

export type Service = {
  url: string
  dataDir: string
  child: ChildProcess
  output(): string
  /** Ends it (SIGTERM unless said otherwise) and resolves with its exit code. */
  end(signal?: NodeJS.Signals): Promise<number | null>
}

const jwtSecret = 'a-secret-of-tests-with-more-than-32-characters'
const children = new Set<ChildProcess>()
const folders = new Set<string>()

export function newDataDir(): string {
  const folder = mkdtempSync(join(tmpdir(), 'ai-call-process-'))
  folders.add(folder)
  return folder
}

/** The program as it runs in life, in a process of its own, only without the voice process unless `ROLE` is given. */
export function runService(settings: Record<string, string> = {}): { child: ChildProcess; output: () => string } {
  const { PATH, HOME } = process.env
  const child = spawn(process.execPath, ['server/main.ts'], {
    cwd: root,
    env: {
      NODE_ENV: 'production',
      PATH,
      HOME,
      SERVICE_HOST: '127.0.0.1',
      SERVICE_PORT: '0',
      ROLE: 'web',
      RATE_LIMITS: 'off',
      JWT_SECRET: jwtSecret,
      // Nothing listens there: the built-in listener decides.
      OLLAMA_HOST: 'http://127.0.0.1:9',
      LOG_LEVEL: 'error',
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  children.add(child)
  child.once('exit', () => children.delete(child))
  let text = ''
  const keep = (piece: Buffer) => {
    text += piece
  }
  child.stdout.on('data', keep)
  child.stderr.on('data', keep)
  return { child, output: () => text }
}

/** Resolves when it has said where it runs. */
export async function startService(settings: Record<string, string> = {}): Promise<Service> {
  const dataDir = settings.DATA_DIR ?? newDataDir()
  const { child, output } = runService({ ...settings, DATA_DIR: dataDir })
  const url = await new Promise<string>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`It did not start: ${output()}`)), 60_000)
    const look = () => {
      const found = /running at (http\S+)/.exec(output())?.[1]
      if (!found) return
      clearTimeout(timer)
      resolve(found)
    }
    child.stdout!.on('data', look)
    child.once('exit', () => reject(new Error(`It ended: ${output()}`)))
  })
  return {
    url,
    dataDir,
    child,
    output,
    async end(signal = 'SIGTERM') {
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
      const gone = once(child, 'exit')
      child.kill(signal)
      const [code] = await gone
      return code as number | null
    },
  }
}

/** After each file: nothing that it started goes on. */
export async function endAll(): Promise<void> {
  await Promise.all(
    [...children].map(async child => {
      const gone = once(child, 'exit')
      child.kill('SIGKILL')
      await gone
    }),
  )
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
}

export type Account = { id: number; username: string; password: string; token: string; api_key: string }

export async function register(
  url: string,
  username = `u${Math.random().toString(36).slice(2, 12)}`,
): Promise<Account> {
  const password = 'Str0ngPhrase!42'
  const response = await post(`${url}/auth/register`, { username, email: `${username}@example.com`, password })
  if (response.status !== 200) throw new Error(`register: ${response.status} ${await response.text()}`)
  return { ...((await response.json()) as Omit<Account, 'password'>), password }
}

export function post(url: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
}

export const bearer = ({ token }: { token: string }) => ({ authorization: `Bearer ${token}` })

import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { JobNews } from './jobs.ts'

type Line = { step?: string; message?: string; done?: number; total?: number }

/**
 * Runs `npm run models` as a child: unpacking a model keeps a core busy for a minute, which the web process has no time for,
 * and a broken model ends only the child. Answers its last sentence, or throws it.
 */
export function runCommand(
  args: readonly string[],
  { signal, tell, root = process.cwd() }: { signal: AbortSignal; tell(news: JobNews): void; root?: string },
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(root, 'bin', 'models.ts'), ...args, '--json'], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let last: Line = {}
    let complaint = ''
    const stop = () => void child.kill('SIGTERM')
    const onExit = () => void child.kill('SIGKILL')
    signal.addEventListener('abort', stop)
    process.once('exit', onExit)
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      complaint = `${complaint}${text}`.slice(-500)
    })
    createInterface({ input: child.stdout }).on('line', text => {
      const line = parse(text)
      if (!line) return
      last = line
      if (line.step && steps.has(line.step)) {
        tell({ step: line.step as JobNews['step'] & string, done: line.done ?? 0, total: line.total ?? 0 })
      }
    })
    child.on('error', reject)
    child.on('close', code => {
      signal.removeEventListener('abort', stop)
      process.off('exit', onExit)
      if (signal.aborted) return reject(signal.reason)
      if (last.step === 'done') return resolve(last.message ?? '')
      if (last.step === 'failed') return reject(new Error(last.message))
      reject(new Error(`The models program ended with code ${code}.${complaint ? ' Its log tells more.' : ''}`))
    })
  })
}

const steps = new Set(['looking_up', 'downloading', 'checking', 'unpacking', 'trying', 'installed'])

function parse(text: string): Line | undefined {
  try {
    return JSON.parse(text) as Line
  } catch {
    return undefined
  }
}

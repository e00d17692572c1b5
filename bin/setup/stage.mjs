import { spawn } from 'node:child_process'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

/** A failure with a sentence for a person: bin/ prints it without a stack and leaves with code 1. */
export class Sentence extends Error {}

/** Prints sentences, throws the rest: `main().catch(leave)`. */
export function leave(error) {
  if (!(error instanceof Sentence)) throw error
  console.log(error.message)
  process.exit(1)
}

/** One line per stage: its name at once, its time when it is over. */
export async function stage(name, work) {
  const begun = Date.now()
  process.stdout.write(`${name} ... `)
  try {
    const result = await work()
    process.stdout.write(`${((Date.now() - begun) / 1000).toFixed(1)} s\n`)
    return result
  } catch (error) {
    process.stdout.write('failed\n')
    throw error
  }
}

/** The environment of everything that we start: our Node and our packages first. */
export function pathWith(node) {
  return {
    ...process.env,
    PATH: [dirname(node), join(root, 'node_modules', '.bin'), process.env.PATH].filter(Boolean).join(delimiter),
  }
}

/** Runs quietly; on failure the end of its output is shown, and `sentence` says what did not work. */
export function runQuietly(command, args, { sentence, env = process.env, cwd = root }) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    const keep = piece => {
      output = (output + piece).slice(-20_000)
    }
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    child.on('error', error => reject(new Sentence(`${sentence} (${error.message})`)))
    child.on('close', code => {
      if (code === 0) return resolve(output)
      const tail = output.trimEnd().split('\n').slice(-25).join('\n')
      reject(new Sentence(`\n${tail}\n\n${sentence}`))
    })
  })
}

/** npm of this machine, run by `node` (npm itself does not come with the Node that we fetch). */
export function npmCommand(node = process.execPath) {
  const cli = process.env.npm_execpath
  return cli && /npm-cli\.c?js$/.test(cli) ? [node, [cli]] : ['npm', []]
}

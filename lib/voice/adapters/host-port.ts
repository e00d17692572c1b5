import { parentPort, workerData } from 'node:worker_threads'

/** The other end of `startHost`, the same in a thread and in a child process. */
export type HostPort<In, Out> = {
  argument: unknown
  post(message: Out): void
  onMessage(listener: (message: In) => void): void
}

export function openHostPort<In, Out>(): HostPort<In, Out> {
  const thread = parentPort
  if (thread) {
    return {
      argument: workerData,
      post: message => thread.postMessage(message),
      onMessage: listener => void thread.on('message', listener),
    }
  }
  // without its parent an engine has nobody to work for
  process.on('disconnect', () => process.exit(0))
  return {
    argument: JSON.parse(process.argv[2] ?? 'null'),
    post: message => void process.send?.(message as object),
    onMessage: listener => void process.on('message', message => listener(message as In)),
  }
}

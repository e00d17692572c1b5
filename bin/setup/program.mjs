import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { pathWith, root } from './stage.mjs'

/**
 * Runs one of our TypeScript programs in front, with this terminal, and leaves with its code. Signals are passed on; the
 * channel between the two tells the program when this process is gone.
 */
export function become(node, args, { withChannel = false } = {}) {
  const child = spawn(node, args, {
    cwd: root,
    env: pathWith(node),
    stdio: withChannel ? ['inherit', 'inherit', 'inherit', 'ipc'] : 'inherit',
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => process.exit(signal ? 128 + constants.signals[signal] : code))
}

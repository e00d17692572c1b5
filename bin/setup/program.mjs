import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { join } from 'node:path'
import { pathWith, root } from './stage.mjs'

/**
 * Short-lived objects may fill 8 MB instead of 16: half the memory after a busy hour, for no speed that could be measured.
 * They are swept by the thread that made them: for so little, waking others costs a fifth of the work of a busy service.
 * What db/quick-modules.mjs does has to be done before the first package is loaded.
 */
export const serviceFlags = ['--max-semi-space-size=8', '--no-parallel-scavenge', '--import=./db/quick-modules.mjs']

/**
 * Runs one of our TypeScript programs in front, with this terminal, and leaves with its code. Signals are passed on; the
 * channel between the two tells the program when this process is gone.
 */
export function become(node, args, { withChannel = false } = {}) {
  const child = spawn(node, args, {
    cwd: root,
    // What Node compiled and stripped of types is kept, so that a second start takes a fraction of the first.
    // glibc keeps what is freed for each thread apart; two such heaps do, and hold a tenth less of the machine's memory.
    env: { NODE_COMPILE_CACHE: join(root, 'node_modules', '.cache', 'node'), MALLOC_ARENA_MAX: '2', ...pathWith(node) },
    stdio: withChannel ? ['inherit', 'inherit', 'inherit', 'ipc'] : 'inherit',
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => process.exit(signal ? 128 + constants.signals[signal] : code))
}

import { monitorEventLoopDelay } from 'node:perf_hooks'

const resolutionMs = 10
/** From the caller's mouth to the caller's ear: two telephone systems, two threads of ours, the recogniser. */
const processesInARow = 5

const delay = monitorEventLoopDelay({ resolution: resolutionMs })
delay.enable()

/** From here on `lateMs` counts. */
export const watchMachine = () => delay.reset()

/**
 * How late this machine is with everything since `watchMachine`, because others work on it too: what this process had to
 * wait for its turn, once for each process in the row. On a machine at rest a few milliseconds.
 */
export const lateMs = () => processesInARow * Math.max(0, delay.percentile(99) / 1e6 - resolutionMs)

import { readdirSync, readFileSync } from 'node:fs'
import { setPriority } from 'node:os'

/** The niceness that running calls ask for: before passwords being checked, models thinking and everybody else's work. */
const callNiceness = -10

/**
 * What is 20 ms late is heard, so the calling thread goes first from now on, and with it the threads that collect garbage for
 * it: it stands still until they are done, however long they wait for a core. A user without that right (LimitNICE of
 * systemd) shares like everybody else.
 */
export function goFirst(): void {
  // elsewhere 0 is the process, not the thread, and there is no list of threads
  if (process.platform !== 'linux') return
  try {
    setPriority(0, callNiceness)
    for (const thread of readdirSync('/proc/self/task')) {
      const name = readFileSync(`/proc/self/task/${thread}/comm`, 'utf8').trim()
      if (name === 'V8Worker') setPriority(Number(thread), callNiceness)
    }
  } catch {
    // less smooth when the machine is busy, and nothing else
  }
}

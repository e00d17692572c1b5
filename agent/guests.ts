import type { Guest } from '#lib/voice/index.ts'
import type { Clock } from '#lib/voice/ports.ts'

/** A microphone that nobody puts through is closed again: the order for it was refused, or never given. */
const waitsMs = 15_000

export type Guests = {
  /** Takes the owner who is there for this call, or the first who comes within the time; null when nobody does. */
  expect(call: number, options: { timeoutMs: number; signal: AbortSignal }): Promise<Guest | null>
  /** An owner has come for this call. False when another one is waiting for it already. */
  arrive(call: number, guest: Guest): boolean
}

/**
 * Where a browser's microphone and the order that puts it through find each other: they come over two connections, and either
 * may be first.
 */
export function createGuests(clock: Clock): Guests {
  const waiting = new Map<number, { guest: Guest; cancel: () => void }>()
  const expected = new Map<number, (guest: Guest) => void>()

  return {
    expect(call, { timeoutMs, signal }) {
      const there = waiting.get(call)
      if (there) {
        waiting.delete(call)
        there.cancel()
        return Promise.resolve(there.guest)
      }
      if (signal.aborted) return Promise.resolve(null)
      return new Promise(resolve => {
        const done = (guest: Guest | null) => {
          cancel()
          signal.removeEventListener('abort', abort)
          if (expected.get(call) === done) expected.delete(call)
          resolve(guest)
        }
        const abort = () => done(null)
        const cancel = clock.after(timeoutMs, abort)
        signal.addEventListener('abort', abort, { once: true })
        expected.set(call, done)
      })
    },
    arrive(call, guest) {
      const meet = expected.get(call)
      if (meet) {
        meet(guest)
        return true
      }
      if (waiting.has(call)) return false
      const forget = () => {
        if (waiting.get(call)?.guest === guest) waiting.delete(call)
        cancel()
      }
      const cancel = clock.after(waitsMs, () => {
        forget()
        void guest.hangUp('The call was not put through.')
      })
      waiting.set(call, { guest, cancel })
      guest.onGone(forget)
      return true
    },
  }
}

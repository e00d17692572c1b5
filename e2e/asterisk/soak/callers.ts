import { listCalls, orderCall } from '#lib/calls/index.ts'
import { createFlite } from '#lib/voice/adapters/flite.ts'
import { type House, numbers } from '../house.ts'
import type { Person } from '../people.ts'
import { eventually } from '../waiting.ts'
import type { World } from '../world.ts'

/** What the ears of the soak understand, whatever was said. */
export const words = 'Hello, this is John Baker about the invoice.'

const longestTalkMs = 25_000

/** Callers of every kind, one after the other: those who hang up at once, talk, interrupt, leave a message, are taken. */
export function createCallers(world: World, house: House) {
  const flite = createFlite()
  const sentence = flite(words, 'rms')
  const heard = (caller: Person, fromMs = 0) => caller.ear.sound({ fromMs, timeoutMs: 30_000 })

  const ways: ((caller: Person, from: string) => Promise<unknown>)[] = [
    async () => {},
    caller => heard(caller),
    async caller => {
      const soundMs = await heard(caller)
      await caller.ear.quiet({ fromMs: soundMs, lastingMs: 900 })
      await heard(caller, await caller.say(sentence))
    },
    async caller => {
      const soundMs = await heard(caller)
      await caller.ear.quiet({ fromMs: soundMs, lastingMs: 900 })
      const pressedMs = performance.now()
      await caller.press('1')
      await heard(caller, pressedMs)
      await caller.say(sentence)
      await caller.press('#')
    },
    async caller => {
      await heard(caller)
      // over our own voice, and again over what we say then
      await heard(caller, await caller.say(sentence))
      await caller.say(sentence)
    },
    async (caller, from) => {
      await heard(caller)
      const id = await eventually(async () => {
        const { calls } = await listCalls(house.owner, { limit: 50, status: 'in_progress' })
        return String(calls.find(({ callerNumber }) => callerNumber === from)!.id)
      }, 20_000)
      await orderCall(house.owner, id, { kind: 'hang_up' })
      await caller.ended
    },
  ]

  /** The favourite rings through; whoever rings the house phone first is taken and talked to. */
  async function taken(): Promise<void> {
    const caller = await world.people.call(numbers.line, { from: numbers.favourite })
    const owner = await world.people.incoming('100', longestTalkMs)
    await owner.answer()
    const soundMs = await owner.ear.sound({ timeoutMs: longestTalkMs })
    await owner.ear.quiet({ fromMs: soundMs, lastingMs: 700 })
    await owner.press('1')
    await eventually(async () => {
      if ((await world.talking()) === 0) throw new Error('The owner pressed 1, and nobody was joined.')
    }, 10_000)
    await owner.hangUp()
    await owner.ended
    await caller.hangUp()
    await caller.ended
  }

  return {
    /** The call with this number; numbers are new, so that nobody rings through as known. `isTaken`: the owner answers it. */
    async call(serial: number, isTaken: boolean): Promise<void> {
      if (isTaken) return taken()
      const from = `+4930${60_000_000 + serial}`
      const caller = await world.people.call(numbers.line, { from })
      await caller.answered
      await ways[serial % ways.length]!(caller, from)
      await caller.hangUp()
      await caller.ended
    },
  }
}

import type { DialogEvent, Effect } from '../dialog/state.ts'
import type { DialOutcome, Guest, Leg, Line } from '../ports.ts'
import type { Mouth } from './mouth.ts'

type LegEvent = Extract<DialogEvent, { type: 'dialled' | 'leg_key' | 'leg_said' | 'parted' }>
type Told = LegEvent extends infer E ? (E extends LegEvent ? Omit<E, 'at'> : never) : never
type Attempt = {
  stop: AbortController
  /** Who can be joined; `talker` is the same one where they can also be told and asked something. */
  leg: Pick<Leg, 'join' | 'hangUp'> | null
  talker: Leg | null
  /** They are being told or asked something; joining them ends that. */
  talk: AbortController
}

/** The other people of a call: whoever is rung, asked, told and joined. An attempt that was dropped is never heard of again. */
export function createLegs(
  line: Line,
  mouth: Mouth,
  callerName: () => string,
  guest: (options: { timeoutMs: number; signal: AbortSignal }) => Promise<Guest | null>,
  tell: (event: Told) => void,
) {
  const attempts = new Map<number, Attempt>()

  const dial = ({ attempt, destination, timeoutMs }: Extract<Effect, { type: 'dial' }>) =>
    reach(attempt, async (mine, signal) => {
      const { outcome, leg = null } = await line.dial(destination, { timeoutMs, callerName: callerName(), signal })
      mine.leg = mine.talker = leg
      return outcome
    })

  const meet = ({ attempt, timeoutMs }: Extract<Effect, { type: 'meet' }>) =>
    reach(attempt, async (mine, signal) => {
      const { outcome, leg = null } = await line.admit(guest({ timeoutMs, signal }), { signal })
      mine.leg = leg
      return outcome
    })

  /** Whoever is reached after the attempt was dropped is let go at once. */
  async function reach(
    attempt: number,
    work: (mine: Attempt, signal: AbortSignal) => Promise<DialOutcome>,
  ): Promise<void> {
    const mine: Attempt = { stop: new AbortController(), leg: null, talker: null, talk: new AbortController() }
    const { signal } = mine.stop
    attempts.set(attempt, mine)
    try {
      const outcome = await work(mine, signal)
      if (signal.aborted) return await mine.leg?.hangUp()
      tell({ type: 'dialled', attempt, outcome: outcome === 'answered' && !mine.leg ? 'failed' : outcome })
    } catch {
      if (!signal.aborted) tell({ type: 'dialled', attempt, outcome: 'failed' })
    }
  }

  async function ask({ attempt, text, language, timeoutMs }: Extract<Effect, { type: 'leg_ask' }>): Promise<void> {
    const mine = attempts.get(attempt)
    if (!mine?.talker) return
    const hush = new AbortController()
    const over = AbortSignal.any([mine.stop.signal, mine.talk.signal])
    const signal = AbortSignal.any([over, hush.signal])
    const spoken = mine.talker.say(mouth.sound(text, language, signal), signal).catch(() => {})
    const digit = await mine.talker.key(timeoutMs, over).catch(() => null)
    hush.abort()
    await spoken
    if (!over.aborted) tell({ type: 'leg_key', attempt, digit })
  }

  async function inform({ attempt, text, language }: Extract<Effect, { type: 'leg_say' }>): Promise<void> {
    const mine = attempts.get(attempt)
    if (!mine?.talker) return
    const signal = AbortSignal.any([mine.stop.signal, mine.talk.signal])
    // who cannot be told who calls is put through all the same
    await mine.talker.say(mouth.sound(text, language, signal), signal).catch(() => {})
    if (!signal.aborted) tell({ type: 'leg_said', attempt })
  }

  async function join(attempt: number): Promise<void> {
    const mine = attempts.get(attempt)
    if (!mine?.leg) return tell({ type: 'dialled', attempt, outcome: 'failed' })
    mine.talk.abort()
    try {
      const { endedBy, talkedMs } = await mine.leg.join()
      tell({ type: 'parted', attempt, endedBy, talkedMs })
    } catch {
      tell({ type: 'dialled', attempt, outcome: 'failed' })
    }
  }

  function drop(attempt: number): void {
    const mine = attempts.get(attempt)
    attempts.delete(attempt)
    mine?.stop.abort()
    void mine?.leg?.hangUp().catch(() => {})
  }

  return {
    dial: (effect: Extract<Effect, { type: 'dial' }>) => void dial(effect),
    meet: (effect: Extract<Effect, { type: 'meet' }>) => void meet(effect),
    ask: (effect: Extract<Effect, { type: 'leg_ask' }>) => void ask(effect),
    inform: (effect: Extract<Effect, { type: 'leg_say' }>) => void inform(effect),
    join: (attempt: number) => void join(attempt),
    drop,
    dropAll() {
      for (const attempt of [...attempts.keys()]) drop(attempt)
    },
  }
}

import { useSyncExternalStore } from 'react'
import type { CommandInput } from '#lib/calls/contract.ts'
import { orderCall } from '../../api/calls.ts'
import type { Client } from '../../api/client.ts'
import { canHear, type LineState, type MicrophoneLine, openMicrophoneLine } from '../../platform/microphone.ts'

/** The call that is taken with this page's microphone. One at a time, and it goes on while its owner looks at other pages. */
export type OwnTalk = {
  callId: string
  /** `opening`: the browser asks, the line is made. `talking`: caller and owner hear each other. */
  step: 'opening' | 'talking' | 'over'
  /** Why it is over, when nobody hung up. */
  trouble: Exclude<LineState, 'ringing' | 'live' | 'ended'> | 'gone' | null
  /** What the order was refused with. */
  error: unknown
  startedAt: number
  level: number
  heard: number
}

let talk: OwnTalk | null = null
let line: Promise<MicrophoneLine> | null = null
/** Counts the attempts: what an earlier one still has to say is no news. */
let attempt = 0
const listeners = new Set<() => void>()

/** A page that is closed takes the call's sound with it: the browser asks first. */
const askBeforeLeaving = (event: BeforeUnloadEvent) => event.preventDefault()

function change(next: OwnTalk | null): void {
  talk = next
  if (next?.step === 'talking') window.addEventListener('beforeunload', askBeforeLeaving)
  else window.removeEventListener('beforeunload', askBeforeLeaving)
  for (const listener of listeners) listener()
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

export const useOwnTalk = (): OwnTalk | null =>
  useSyncExternalStore(
    subscribe,
    () => talk,
    () => null,
  )

const never = () => () => {}

/** Whether this page has ears; false while the server draws it. */
export const useCanHear = (): boolean => useSyncExternalStore(never, canHear, () => false)

const order: CommandInput = { kind: 'take', browser: true }

/**
 * The microphone first, so that a person who says no to their browser has ordered nothing; then the order, once the service
 * keeps the line.
 */
export function takeHere(client: Client, call: { id: number; callId: string }): void {
  if (talk && talk.step !== 'over') return
  const { id, callId } = call
  const mine = ++attempt
  change({ callId, step: 'opening', trouble: null, error: null, startedAt: 0, level: 0, heard: 0 })
  const update = (part: Partial<OwnTalk>) => {
    if (talk && attempt === mine && talk.step !== 'over') change({ ...talk, ...part })
  }
  line = openMicrophoneLine(client, {
    take: id,
    onWaiting() {
      orderCall(client, callId, order).then(
        () => update({ step: 'talking', startedAt: Date.now() }),
        (error: unknown) => {
          update({ step: 'over', error })
          hangUpHere()
        },
      )
    },
    onState(state) {
      if (state === 'ringing' || state === 'live') return
      const wasTalking = talk?.step === 'talking'
      update({ step: 'over', trouble: state !== 'ended' ? state : wasTalking ? null : 'gone' })
    },
    onLevel: (level, heard) => update({ level, heard }),
  })
}

export function hangUpHere(): void {
  void line?.then(open => open.hangUp())
}

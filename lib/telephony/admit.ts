import type { Clock, DialOutcome, Guest, Leg } from '#lib/voice/ports.ts'
import type { MediaHandle } from './media/client.ts'

/** Who is there by then is joined without a tone in between. */
const ringAfterMs = 200

/** What of a line is needed to let a guest in. */
export type Host = {
  clock: Clock
  /** Aborted when the line is gone. */
  ended: AbortSignal
  ring(isOn: boolean): Promise<void>
  /** Answers the caller if nobody has; resolves with our leg beside them. */
  open(): Promise<MediaHandle>
}

/** Somebody at a browser and the caller of a line, put together in the media thread: the same for every kind of line. */
export async function admitGuest(
  host: Host,
  arriving: Promise<Guest | null>,
  signal: AbortSignal,
): Promise<{ outcome: DialOutcome; leg?: Pick<Leg, 'join' | 'hangUp'> }> {
  let isRinging = false
  const cancel = host.clock.after(ringAfterMs, () => {
    isRinging = true
    void host.ring(true).catch(() => {})
  })
  const hush = async () => {
    cancel()
    if (isRinging && !host.ended.aborted) await host.ring(false)
    isRinging = false
  }
  const guest = await arriving.catch(() => null)
  if (signal.aborted || host.ended.aborted) {
    await Promise.all([hush(), guest?.hangUp('The caller is gone.')])
    return { outcome: 'cancelled' }
  }
  if (!guest) {
    await hush()
    return { outcome: 'no_answer' }
  }
  return {
    outcome: 'answered',
    leg: {
      async join() {
        const own = await host.open()
        await hush()
        own.send({ type: 'clear' })
        own.send({ type: 'couple', with: guest.leg })
        return untilParted(host, own, guest)
      },
      async hangUp() {
        await Promise.all([hush(), guest.hangUp('The call is over.')])
      },
    },
  }
}

function untilParted({ clock, ended }: Host, own: MediaHandle, guest: Guest) {
  const startedMs = clock.now()
  return new Promise<Awaited<ReturnType<Leg['join']>>>(resolve => {
    const done = (endedBy: 'caller' | 'leg' | 'lost') => resolve({ endedBy, talkedMs: clock.now() - startedMs })
    if (ended.aborted) return done('caller')
    ended.addEventListener('abort', () => done('caller'), { once: true })
    guest.onGone(how => {
      if (!ended.aborted) own.send({ type: 'couple', with: null })
      done(how === 'lost' ? 'lost' : 'leg')
    })
  })
}

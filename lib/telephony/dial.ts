import type { Clock, DialOutcome, Leg } from '#lib/voice/ports.ts'
import { type Ari, AriError } from './ari/client.ts'
import { type Mouth, type MouthOptions, openMouth } from './mouth.ts'
import { namesOf } from './names.ts'

/** Letters, digits and what extensions are made of. Nothing that Asterisk would read as a second destination or an option. */
const destinationPattern = /^\+?[0-9A-Za-z*#][0-9A-Za-z*#._-]{0,39}$/

/** Q.850 causes, as Asterisk gives them. */
const outcomes: Record<number, DialOutcome> = {
  16: 'no_answer',
  17: 'busy',
  18: 'no_answer',
  19: 'no_answer',
  21: 'declined',
  34: 'failed',
}

/** A name or number as it may stand in a caller id: one line, no quotes, no brackets. */
export function cleanCallerId(text: string, most = 60): string {
  return text
    .replace(/[\p{C}"<>\\;&|,]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, most)
}

/** Phones that Asterisk knows are rung directly; anything else goes through the dialplan of the destinations. */
export async function endpointOf(ari: Ari, destination: string): Promise<string> {
  try {
    await ari.call('GET /endpoints/{tech}/{resource}', { tech: 'PJSIP', resource: destination })
    return `PJSIP/${destination}`
  } catch (error) {
    if (!(error instanceof AriError) || error.status !== 404) throw error
    return `Local/${destination}@${namesOf(ari.app).destinations}/n`
  }
}

export type Answered = {
  readonly channelId: string
  readonly leg: Omit<Leg, 'join'>
  /** Takes the leg out of its own bridge, for the caller's. The own bridge is cleared away. */
  release(): Promise<void>
  /** Called when the leg is gone, at once when it already is. */
  onGone(listener: () => void): void
}

/** Rings one destination. Ends with an outcome; on 'answered' the leg waits in a bridge of its own. */
export async function dial(
  options: MouthOptions & { clock: Clock },
  {
    destination,
    timeoutMs,
    callerName,
    callerNumber,
    signal,
  }: { destination: string; timeoutMs: number; callerName: string; callerNumber: string; signal: AbortSignal },
): Promise<{ outcome: DialOutcome; answered?: Answered }> {
  const { ari, channels, clock } = options
  if (!destinationPattern.test(destination)) return { outcome: 'failed' }
  if (signal.aborted) return { outcome: 'cancelled' }
  const channelId = channels.newId('leg')
  const { promise: settled, resolve: settle } = Promise.withResolvers<DialOutcome>()
  const keys = createKeys(clock)
  const goneListeners: (() => void)[] = []
  let isGone = false
  let mouth: Mouth | null = null

  const unwatch = channels.watch(channelId, {
    onStart: () => settle('answered'),
    onSeen: channel => {
      if (channel.state === 'Up') settle('answered')
    },
    onDigit: keys.push,
    onGone(cause) {
      isGone = true
      settle(outcomes[cause] ?? 'failed')
      keys.end()
      void mouth?.close()
      for (const listener of goneListeners) listener()
    },
  })
  const hangUp = () => channels.hangUp(channelId)
  const cancelTimer = clock.after(timeoutMs, () => settle('no_answer'))
  const abort = () => settle('cancelled')
  signal.addEventListener('abort', abort, { once: true })

  let outcome: DialOutcome
  try {
    const name = cleanCallerId(callerName)
    const number = callerNumber.replace(/[^0-9A-Za-z+*#]/g, '').slice(0, 40)
    await ari.call('POST /channels', {
      endpoint: await endpointOf(ari, destination),
      app: ari.app,
      appArgs: 'leg',
      channelId,
      callerId: `"${name}" <${number}>`,
      // ours comes first; Asterisk's is there in case we die
      timeout: Math.ceil(timeoutMs / 1000) + 2,
    })
    outcome = await settled
  } catch {
    outcome = signal.aborted ? 'cancelled' : 'failed'
  } finally {
    cancelTimer()
    signal.removeEventListener('abort', abort)
  }
  if (outcome !== 'answered') {
    unwatch()
    if (!isGone) await hangUp()
    return { outcome }
  }

  let playback = 0
  const finished = new Map<number, () => void>()
  try {
    mouth = await openMouth(options, {
      hears: false,
      listener(message) {
        if (message.type === 'playback_finished') finished.get(message.playback)?.()
      },
      onLost: () => void hangUp(),
    })
    await mouth.addChannel(channelId)
  } catch {
    unwatch()
    await Promise.all([mouth?.close(), hangUp()])
    return { outcome: 'failed' }
  }
  if (isGone) {
    await mouth.close()
    return { outcome: 'declined' }
  }
  const own = mouth

  return {
    outcome,
    answered: {
      channelId,
      async release() {
        await own.removeChannel(channelId)
        void own.close()
      },
      onGone(listener) {
        if (isGone) listener()
        else goneListeners.push(listener)
      },
      leg: {
        async say(audio, stop) {
          if (isGone || stop.aborted) return
          const number = ++playback
          const { promise, resolve } = Promise.withResolvers<void>()
          finished.set(number, resolve)
          goneListeners.push(resolve)
          const clear = () => own.handle.send({ type: 'clear' })
          stop.addEventListener('abort', clear, { once: true })
          own.handle.play(number, audio)
          await promise
          stop.removeEventListener('abort', clear)
          finished.delete(number)
        },
        key: (waitMs, stop) => keys.next(waitMs, stop),
        async hangUp() {
          await Promise.all([hangUp(), own.close()])
        },
      },
    },
  }
}

/** Keys in the order they were pressed; those pressed while we still speak wait for whoever asks. */
function createKeys(clock: Clock) {
  const pressed: string[] = []
  let waiting: ((key: string | null) => void) | null = null
  let hasEnded = false
  return {
    push(digit: string) {
      if (waiting) waiting(digit)
      else if (pressed.length < 32) pressed.push(digit)
    },
    end() {
      hasEnded = true
      waiting?.(null)
    },
    next(timeoutMs: number, signal: AbortSignal): Promise<string | null> {
      const first = pressed.shift()
      if (first !== undefined) return Promise.resolve(first)
      if (hasEnded || signal.aborted) return Promise.resolve(null)
      return new Promise(resolve => {
        const done = (key: string | null) => {
          waiting = null
          cancel()
          signal.removeEventListener('abort', abort)
          resolve(key)
        }
        const abort = () => done(null)
        const cancel = clock.after(timeoutMs, abort)
        signal.addEventListener('abort', abort, { once: true })
        waiting = done
      })
    },
  }
}

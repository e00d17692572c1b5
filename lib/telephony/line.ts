import type { Clock, Leg, Line, LineEvent } from '#lib/voice/ports.ts'
import { admitGuest } from './admit.ts'
import type { Channel } from './ari/ari.generated.ts'
import { type Answered, dial } from './dial.ts'
import { isNewsAfterEnd, toLineEvent } from './line-events.ts'
import type { LegMessage } from './media/client.ts'
import { ringbackOf } from './media/ringback.ts'
import { type Mouth, type MouthOptions, openMouth, quietly } from './mouth.ts'
import { namesOf } from './names.ts'

/** From the answer to our first sound: earlier, real trunks clip the first syllable. */
const firstSoundMs = 300
/** After a person hung up, the caller is let go at the latest then, should the conversation forget. */
const lonelyCallerMs = 2_000

export type PhoneLineOptions = MouthOptions & {
  clock: Clock
  channel: Channel
  /** Called once, when nothing of this line is left in Asterisk or in the media thread. */
  onCleared: () => void
}

export type PhoneLine = Line & {
  readonly channelId: string
  /** Humans talk: from now on nobody but they end this call. */
  readonly isJoined: boolean
  /** Resolves when everything is cleared away. */
  readonly cleared: Promise<void>
}

/** Q.850 cause 21: SIP callers get 403 or 603. */
const callRejected = '21'

/** A voice line on a telephone: one caller's channel, our mouth beside it, and the leg of whoever is rung. */
export function createPhoneLine({ channel, onCleared, clock, ...mouthOptions }: PhoneLineOptions): PhoneLine {
  const { ari, channels } = mouthOptions
  const channelId = channel.id
  const listeners = new Set<(event: LineEvent) => void>()
  const { promise: cleared, resolve: setCleared } = Promise.withResolvers<void>()
  let mouth: Mouth | null = null
  let making: Promise<Mouth> | null = null
  let opening: Promise<Mouth> | null = null
  let isAnswered = channel.state === 'Up'
  let hasEnded = false
  let joined: Answered | null = null
  let callPath: string | null = null
  let isRecording = false
  let ringback = ringbackOf('')
  const legs = new Set<Answered>()
  /** Stops whoever is being rung when the caller gives up. */
  const ended = new AbortController()

  function emit(event: LineEvent): void {
    for (const listener of listeners) listener(event)
  }

  channels.watch(channelId, {
    onDigit(digit) {
      if (hasEnded) return
      if (isRecording && digit === '#') mouth?.handle.send({ type: 'stop_recording', cause: 'key' })
      emit({ type: 'dtmf', atMs: clock.now(), digit })
    },
    onGone: cause => end({ type: 'hung_up', atMs: clock.now(), cause: causeName(cause) }),
  })

  /** The one end, whatever brought it: tells, then takes everything down. */
  function end(event: Extract<LineEvent, { type: 'hung_up' | 'failed' }>): void {
    if (hasEnded) return
    hasEnded = true
    ended.abort()
    emit(event)
    void clearAway()
  }

  async function clearAway(): Promise<void> {
    // what was begun is waited for: a mouth that opens after its caller left has to be closed too
    await Promise.allSettled([making, opening])
    await Promise.all([mouth?.close(), ...[...legs].map(one => one.leg.hangUp())])
    setCleared()
    onCleared()
  }

  function fromMedia(message: LegMessage): void {
    const agoMs = 'epochMs' in message ? performance.timeOrigin + performance.now() - message.epochMs : 0
    const event = toLineEvent(message, clock.now() - agoMs)
    if (!event || (hasEnded && !isNewsAfterEnd(event))) return
    if (event.type === 'recording_finished') isRecording = false
    emit(event)
  }

  /** Answers the caller and puts our mouth in front of them; several may ask, it happens once. */
  function open(): Promise<Mouth> {
    opening ??= (async () => {
      making = openMouth(mouthOptions, { hears: true, listener: fromMedia, onLost: reason => void giveUp(reason) })
      making.then(
        made => {
          mouth = made
        },
        () => {},
      )
      const [made] = await Promise.all([making, answerChannel()])
      if (hasEnded) return made
      made.handle.send({ type: 'hold', ms: firstSoundMs })
      if (callPath) made.handle.send({ type: 'record_call', path: callPath })
      await made.addChannel(channelId)
      return made
    })()
    return opening
  }

  async function answerChannel(): Promise<void> {
    if (isAnswered) return
    isAnswered = true
    await ari.call('POST /channels/{channelId}/answer', { channelId })
  }

  /** Our audio is gone for good. The caller is not: the dialplan takes over, and humans who talk go on talking. */
  async function giveUp(reason: string): Promise<void> {
    if (hasEnded || joined) return
    await intoFallback().catch(() => {})
    end({ type: 'failed', atMs: clock.now(), message: reason })
  }

  async function intoFallback(): Promise<void> {
    if (mouth) await mouth.removeChannel(channelId)
    await ari.call('POST /channels/{channelId}/continue', {
      channelId,
      context: namesOf(ari.app).fallback,
      extension: 's',
      priority: 1,
    })
  }

  async function join(answered: Answered): Promise<{ endedBy: 'caller' | 'leg'; talkedMs: number }> {
    const own = await open()
    own.handle.send({ type: 'tone', tone: null })
    own.handle.send({ type: 'clear' })
    await unlimit()
    await answered.release()
    await own.addChannel(answered.channelId)
    joined = answered
    if (callPath === null) void own.leave()
    const startedMs = clock.now()
    return new Promise(resolve => {
      const done = (endedBy: 'caller' | 'leg') => resolve({ endedBy, talkedMs: clock.now() - startedMs })
      answered.onGone(() => {
        done(hasEnded ? 'caller' : 'leg')
        if (!hasEnded) clock.after(lonelyCallerMs, () => void line.hangUp('normal'))
      })
      if (hasEnded) done('caller')
      listeners.add(event => {
        if (event.type === 'hung_up' || event.type === 'failed') done('caller')
      })
    })
  }

  /** A person has the call: the limit that the dialplan set for us no longer counts. */
  const unlimit = () =>
    quietly(ari.call('POST /channels/{channelId}/variable', { channelId, variable: 'TIMEOUT(absolute)', value: '0' }))

  function legOf(answered: Answered): Leg {
    return {
      say: answered.leg.say,
      key: answered.leg.key,
      join: () => join(answered),
      async hangUp() {
        mouth?.handle.send({ type: 'tone', tone: null })
        await answered.leg.hangUp()
      },
    }
  }

  async function ring(isOn: boolean): Promise<void> {
    if (mouth) mouth.handle.send({ type: 'tone', tone: isOn ? ringback : null })
    else if (isOn && !isAnswered) await quietly(ari.call('POST /channels/{channelId}/ring', { channelId }))
  }

  const line: PhoneLine = {
    kind: 'phone',
    ringLike(country) {
      ringback = ringbackOf(country)
    },
    channelId,
    cleared,
    get isJoined() {
      return joined !== null && !hasEnded
    },
    on(listener) {
      listeners.add(listener)
    },
    async answer() {
      if (hasEnded) throw new Error('The caller has hung up.')
      try {
        await open()
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error)
        await giveUp(reason)
        throw new Error(`The call could not be answered: ${reason}`)
      }
      if (hasEnded) throw new Error('The caller has hung up.')
    },
    play(playback, audio) {
      if (hasEnded || !mouth) return
      mouth.handle.play(playback, audio)
    },
    pause: () => mouth?.handle.send({ type: 'pause' }),
    resume: () => mouth?.handle.send({ type: 'resume' }),
    clear: () => mouth?.handle.send({ type: 'clear' }),
    listen: options => mouth?.handle.send({ type: 'listen', ...options }),
    async dial(destination, { timeoutMs, callerName, signal }) {
      if (hasEnded) return { outcome: 'cancelled' }
      await ring(true)
      const { outcome, answered } = await dial(
        { ...mouthOptions, clock },
        {
          destination,
          timeoutMs,
          callerName,
          callerNumber: channel.caller.number,
          signal: AbortSignal.any([signal, ended.signal]),
        },
      )
      if (!answered) {
        await ring(false)
        return { outcome }
      }
      if (hasEnded) {
        await answered.leg.hangUp()
        return { outcome: 'cancelled' }
      }
      legs.add(answered)
      answered.onGone(() => {
        legs.delete(answered)
        if (joined !== answered) mouth?.handle.send({ type: 'tone', tone: null })
      })
      return { outcome, leg: legOf(answered) }
    },
    async admit(guest, { signal }) {
      const host = {
        clock,
        ended: ended.signal,
        ring,
        async open() {
          const own = await open()
          await unlimit()
          return own.handle
        },
      }
      return admitGuest(host, guest, signal)
    },
    record(options) {
      if (hasEnded || !mouth) return
      isRecording = true
      mouth.handle.send({ type: 'record', ...options })
    },
    stopRecording: () => mouth?.handle.send({ type: 'stop_recording', cause: 'stopped' }),
    recordCall(path) {
      if (hasEnded) return
      callPath = path
      mouth?.handle.send({ type: 'record_call', path })
    },
    async hangUp(cause) {
      if (!hasEnded) {
        await channels.hangUp(channelId, cause === 'rejected' ? { reason_code: callRejected } : { reason: cause })
        end({ type: 'hung_up', atMs: clock.now(), cause: 'assistant' })
      }
      await cleared
    },
    async release() {
      if (hasEnded) return cleared
      await quietly(intoFallback())
      end({ type: 'hung_up', atMs: clock.now(), cause: 'released' })
      await cleared
    },
  }
  return line
}

function causeName(cause: number): string {
  if (cause === 16 || cause === 0) return 'caller'
  return `cause ${cause}`
}

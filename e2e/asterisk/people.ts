import { randomUUID } from 'node:crypto'
import type { StasisStart } from '#lib/telephony/ari/ari.generated.ts'
import { type Ari, connectAri } from '#lib/telephony/ari/client.ts'
import { createFramer } from '#lib/telephony/media/framer.ts'
import type { MediaSocket } from '#lib/telephony/media/socket.ts'
import { openWebSocket } from '#lib/telephony/media/websocket.ts'
import { frameMs, frameSamples, type Pcm } from '#lib/voice/ports.ts'
import { createEar, type Ear } from './ear.ts'

/** Somebody with a telephone outside: the test is their mouth and their ear, on one clock. */
export type Person = {
  readonly ear: Ear
  readonly channelId: string
  /** When the call was answered (performance.now()). */
  readonly answered: Promise<number>
  readonly isAnswered: boolean
  /** Whether they heard "it rings" before the answer. */
  readonly hasRung: boolean
  /** Q.850 cause when the call is over. */
  readonly ended: Promise<number>
  readonly hasEnded: boolean
  /** Speaks; resolves when the last of it was sent, with that moment. */
  say(pcm: Pcm): Promise<number>
  press(digits: string): Promise<void>
  answer(): Promise<void>
  /** Refuses or ends the call, with a Q.850 cause (17 busy, 21 declined, 16 normal). */
  hangUp(cause?: number): Promise<void>
  hold(isOn: boolean): Promise<void>
}

export type People = {
  /** Calls our PBX. `via` chooses the kind of keys the phone sends. */
  call(
    number: string,
    options?: { from?: string; name?: string; via?: 'pbx' | 'pbx-info' | 'pbx-inband' | 'as-100' },
  ): Promise<Person>
  /** The next call that arrives at a phone outside (`100`, or whatever number our PBX rang). */
  incoming(number: string, timeoutMs?: number): Promise<Person>
  /** How many calls were ever made to this number outside. */
  callsTo(number: string): number
  /** Everybody hangs up. */
  hangUpAll(): Promise<void>
  close(): Promise<void>
}

const app = 'people'

export async function createPeople(access: { url: string; username: string; password: string }): Promise<People> {
  const ari = connectAri({ ...access, app })
  await ari.connected()
  const persons = new Map<string, Awaited<ReturnType<typeof createPerson>>>()
  const causes = new Map<string, number>()
  const starts = new Map<string, () => void>()
  const arrived = new Map<string, StasisStart[]>()
  const counts = new Map<string, number>()
  const expecting = new Map<string, ((event: StasisStart) => void)[]>()
  const sockets = new Set<() => void>()

  ari.onEvent(event => {
    if (event.type === 'StasisStart') {
      const id = event.channel.id
      if (starts.has(id)) return starts.get(id)!()
      const number = event.args[0] ?? ''
      if (number === 'own') return
      counts.set(number, (counts.get(number) ?? 0) + 1)
      const waiting = expecting.get(number)?.shift()
      if (waiting) waiting(event)
      else arrived.set(number, [...(arrived.get(number) ?? []), event])
      return
    }
    if (event.type === 'ChannelStateChange') persons.get(event.channel.id)?.changed(event.channel.state)
    if (event.type === 'ChannelHangupRequest' && event.cause) causes.set(event.channel.id, event.cause)
    if (event.type === 'StasisEnd') {
      persons.get(event.channel.id)?.destroyed(causes.get(event.channel.id) ?? 16)
      persons.delete(event.channel.id)
    }
    if (event.type === 'ChannelDestroyed') {
      persons.get(event.channel.id)?.destroyed(event.cause)
      persons.delete(event.channel.id)
    }
  })

  // one clock for every mouth
  let dueMs = performance.now()
  const timer = setInterval(() => {
    const now = performance.now()
    for (let frames = 0; dueMs <= now && frames < 25; frames++) {
      for (const tick of sockets) tick()
      dueMs += frameMs
    }
    if (dueMs < now) dueMs = now
  }, 5)

  async function createPerson(channelId: string) {
    const ear = createEar()
    const framer = createFramer()
    const queue: Pcm[] = []
    const drained: { after: number; done: (atMs: number) => void }[] = []
    let _sent = 0
    let queued = 0
    let isAnswered = false
    let hasRung = false
    let hasEnded = false
    const answered = Promise.withResolvers<number>()
    const ended = Promise.withResolvers<number>()
    answered.promise.catch(() => {})
    const mediaId = `media-${randomUUID()}`
    const bridgeId = `bridge-${randomUUID()}`
    const mediaStarted = new Promise<void>(resolve => starts.set(mediaId, resolve))
    await ari.call('POST /bridges', { bridgeId, type: 'mixing' })
    const channel = await ari.call('POST /channels/externalMedia', {
      channelId: mediaId,
      app,
      external_host: 'INCOMING',
      transport: 'websocket',
      encapsulation: 'none',
      connection_type: 'server',
      format: 'slin16',
      transport_data: 'f(json)',
    })
    const url = ari.mediaUrl(String(channel.channelvars?.MEDIA_WEBSOCKET_CONNECTION_ID))
    const socket: MediaSocket = await openWebSocket(
      { url, authorization: ari.authorization },
      { connectTimeoutMs: 5_000 },
    )
    await mediaStarted
    starts.delete(mediaId)
    socket.onFrame = frame => ear.hear(frame)
    const tick = () => {
      socket.write(queue.shift() ?? new Int16Array(frameSamples))
      _sent++
      while (drained[0] && drained[0].after <= queued - queue.length) drained.shift()!.done(performance.now())
    }
    sockets.add(tick)
    await ari.call('POST /bridges/{bridgeId}/addChannel', { bridgeId, channel: mediaId })

    async function clearAway(): Promise<void> {
      sockets.delete(tick)
      socket.close()
      await ari.call('DELETE /channels/{channelId}', { channelId: mediaId }).catch(() => {})
      await ari.call('DELETE /bridges/{bridgeId}', { bridgeId }).catch(() => {})
    }

    return {
      ear,
      channelId,
      bridgeId,
      answered: answered.promise,
      ended: ended.promise,
      get isAnswered() {
        return isAnswered
      },
      get hasRung() {
        return hasRung
      },
      get hasEnded() {
        return hasEnded
      },
      changed(state: string) {
        if (state === 'Ringing') hasRung = true
        if (state !== 'Up' || isAnswered) return
        isAnswered = true
        answered.resolve(performance.now())
      },
      destroyed(cause: number) {
        hasEnded = true
        if (!isAnswered) answered.reject(new Error(`The call ended unanswered, cause ${cause}.`))
        ended.resolve(cause)
        void clearAway()
      },
      say(pcm: Pcm) {
        const frames = framer.push(pcm)
        const rest = framer.flush()
        if (rest) frames.push(rest)
        queue.push(...frames)
        queued += frames.length
        return new Promise<number>(resolve => drained.push({ after: queued, done: resolve }))
      },
      async press(digits: string) {
        await ari.call('POST /channels/{channelId}/dtmf', { channelId, dtmf: digits, duration: 160, between: 120 })
      },
      async answer() {
        await ari.call('POST /channels/{channelId}/answer', { channelId })
        await ari.call('POST /bridges/{bridgeId}/addChannel', { bridgeId, channel: channelId })
      },
      async hangUp(cause = 16) {
        await ari.call('DELETE /channels/{channelId}', { channelId, reason_code: String(cause) }).catch(() => {})
      },
      async hold(isOn: boolean) {
        await ari.call(isOn ? 'POST /channels/{channelId}/hold' : 'DELETE /channels/{channelId}/hold', { channelId })
      },
    }
  }

  async function arrive(event: StasisStart): Promise<Person> {
    const person = await createPerson(event.channel.id)
    persons.set(event.channel.id, person)
    return person
  }

  return {
    async call(number, { from = '+4930555123', name = 'Caller', via = 'pbx' } = {}) {
      const channelId = `call-${randomUUID()}`
      const person = await createPerson(channelId)
      persons.set(channelId, person)
      starts.set(channelId, () => {
        starts.delete(channelId)
        void ari
          .call('POST /bridges/{bridgeId}/addChannel', { bridgeId: person.bridgeId, channel: channelId })
          .catch(() => undefined)
      })
      await ari.call('POST /channels', {
        endpoint: `PJSIP/${number}@${via}`,
        app,
        appArgs: 'own',
        channelId,
        callerId: `"${name}" <${from}>`,
        timeout: 120,
      })
      return person
    },
    async incoming(number, timeoutMs = 20_000) {
      const early = arrived.get(number)?.shift()
      if (early) return arrive(early)
      const event = await new Promise<StasisStart>((resolve, reject) => {
        const late = setTimeout(() => reject(new Error(`${number} did not ring within ${timeoutMs} ms`)), timeoutMs)
        const take = (found: StasisStart) => {
          clearTimeout(late)
          resolve(found)
        }
        expecting.set(number, [...(expecting.get(number) ?? []), take])
      })
      return arrive(event)
    },
    callsTo: number => counts.get(number) ?? 0,
    hangUpAll,
    async close() {
      clearInterval(timer)
      await hangUpAll()
      await ari.close()
    },
  }

  async function hangUpAll(): Promise<void> {
    await Promise.all([...persons.values()].map(person => person.hangUp()))
    const strangers = [...arrived.values()].flat()
    arrived.clear()
    await Promise.all(
      strangers.map(({ channel }) =>
        ari.call('DELETE /channels/{channelId}', { channelId: channel.id }).catch(() => undefined),
      ),
    )
  }
}

export type { Ari }

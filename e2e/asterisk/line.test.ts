import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { BrowserSocket } from '#lib/telephony/browser-sound.ts'
import { openGuest } from '#lib/telephony/guest.ts'
import { connectTelephony, type Telephony } from '#lib/telephony/index.ts'
import { decodeWav } from '#lib/voice/audio/wav.ts'
import type { LineEvent } from '#lib/voice/ports.ts'
import { createEar, shareOf, tone } from './ear.ts'
import { callQueue, eventually, realClock } from './waiting.ts'
import { startWorld, type World } from './world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld()
})
afterAll(() => world?.close())

describe.each(['websocket', 'audiosocket'] as const)('a line on a telephone, over %s', transport => {
  let telephony: Telephony
  let calls: ReturnType<typeof callQueue>
  beforeEach(async () => {
    calls = callQueue()
    telephony = await connectTelephony({
      env: world.env,
      clock: realClock,
      onCall: calls.push,
      media: { vadModule: null },
      transport,
    })
    await telephony.connected()
  })
  afterEach(async () => {
    await world.people.hangUpAll()
    await eventually(async () => expect(await world.leftovers()).toEqual([]))
    await telephony.close()
  })

  async function answered(number = '030555100') {
    const [caller, call] = await Promise.all([world.people.call(number), calls.next()])
    const events: LineEvent[] = []
    call.line.on(event => events.push(event))
    await call.line.answer()
    await caller.answered
    return { caller, call, line: call.line, events }
  }
  const find = <T extends LineEvent['type']>(events: LineEvent[], type: T) =>
    events.find((event): event is Extract<LineEvent, { type: T }> => event.type === type)

  it('says who calls whom, and is heard 300 to 700 ms after the answer', async () => {
    const { caller, call, line, events } = await answered('+4930555100')
    expect(call).toMatchObject({ callerNumber: '+4930555123', callerName: 'Caller', calledNumber: '+4930555100' })
    line.play(1, tone(440, 1_000), 'Hello.')
    const answeredMs = await caller.answered
    const heardMs = await caller.ear.sound()
    expect(heardMs - answeredMs).toBeGreaterThan(250)
    expect(heardMs - answeredMs).toBeLessThan(1_500)
    await eventually(() => expect(find(events, 'playback_finished')).toBeDefined())
    expect(find(events, 'playback_finished')).toMatchObject({ playback: 1, isComplete: true })
    expect(find(events, 'playback_finished')!.playedMs).toBe(1_000)
    expect(shareOf(await caller.ear.listen(heardMs, 750), 440)).toBeGreaterThan(0.8)
    await line.hangUp('normal')
    await caller.ended
  })

  it('hears what the caller says, as one utterance', async () => {
    const { caller, line, events } = await answered()
    await caller.say(tone(300, 900))
    await eventually(() => expect(find(events, 'utterance')).toBeDefined())
    const utterance = find(events, 'utterance')!
    expect(find(events, 'speech_started')).toBeDefined()
    expect(utterance.speechMs).toBeGreaterThan(600)
    expect(shareOf(utterance.audio, 300)).toBeGreaterThan(0.5)
    await line.hangUp('normal')
  })

  it('is silent at once when paused, and goes on where it stopped', async () => {
    const { caller, line, events } = await answered()
    line.play(1, tone(440, 4_000), 'A long sentence.')
    await caller.ear.sound()
    await new Promise(resolve => setTimeout(resolve, 800))
    const pausedMs = performance.now()
    line.pause()
    const lastSoundMs = await caller.ear.quiet({ fromMs: pausedMs, lastingMs: 400 })
    expect(lastSoundMs - pausedMs).toBeLessThan(300)
    const resumedMs = performance.now()
    line.resume()
    await caller.ear.sound({ fromMs: resumedMs })
    await eventually(() =>
      expect(find(events, 'playback_finished')).toMatchObject({ isComplete: true, playedMs: 4_000 }),
    )
    await line.hangUp('normal')
  })

  it('lets somebody at a browser talk with a caller who was not answered yet, and parts them again', async () => {
    const [caller, { line }] = await Promise.all([world.people.call('030555100'), calls.next()])
    const ear = createEar()
    const hum = tone(700, 1_000)
    let at = 0
    const socket: BrowserSocket = {
      send: samples => ear.hear(samples),
      clear() {},
      close: () => clearInterval(timer),
      onSound() {},
      onKey() {},
      onClose() {},
    }
    const timer = setInterval(() => {
      socket.onSound(hum.slice(at, at + 320))
      at = (at + 320) % hum.length
    }, 20)
    const coming = openGuest({ socket, media: telephony.media, clock: realClock })
    const { outcome, leg } = await line.admit(coming, { signal: new AbortController().signal })
    expect(outcome).toBe('answered')
    expect(caller.isAnswered).toBe(false)
    const talk = leg!.join()
    await caller.answered
    const heardMs = await caller.ear.sound()
    await caller.say(tone(300, 1_500))
    expect(shareOf(await caller.ear.listen(heardMs + 200, 500), 700)).toBeGreaterThan(0.6)
    const callerMs = await ear.sound()
    expect(shareOf(await ear.listen(callerMs + 100, 500), 300)).toBeGreaterThan(0.6)

    socket.onClose(false)
    expect(await talk).toMatchObject({ endedBy: 'lost' })
    const backMs = performance.now()
    line.play(1, tone(520, 1_200), 'The connection was lost.')
    const soundMs = await caller.ear.sound({ fromMs: backMs + 300 })
    expect(shareOf(await caller.ear.listen(soundMs, 375), 520)).toBeGreaterThan(0.6)
    await line.hangUp('normal')
  })

  it('drops what is queued when it is cleared, and says how much was heard', async () => {
    const { caller, line, events } = await answered()
    line.play(1, tone(440, 5_000), 'A long sentence.')
    await caller.ear.sound()
    await new Promise(resolve => setTimeout(resolve, 600))
    line.clear()
    await eventually(() => expect(find(events, 'playback_finished')).toMatchObject({ isComplete: false }))
    expect(find(events, 'playback_finished')!.playedMs).toBeGreaterThan(200)
    expect(find(events, 'playback_finished')!.playedMs).toBeLessThan(3_000)
    await line.hangUp('normal')
  })

  it('records a message after the beep and stops at the silence behind it', async () => {
    const { caller, line, events } = await answered()
    const path = join(world.folder, `message-${transport}.wav`)
    line.record({ path, maxMs: 20_000, silenceMs: 1_500, beep: true })
    const beepMs = await caller.ear.sound()
    await caller.ear.quiet({ fromMs: beepMs, lastingMs: 200 })
    await caller.say(tone(300, 1_500))
    await eventually(() => expect(find(events, 'recording_finished')).toBeDefined(), 15_000)
    expect(find(events, 'recording_finished')).toMatchObject({ cause: 'silence', path })
    const wav = decodeWav(await readFile(path))
    expect(wav).toMatchObject({ rateHz: 16_000, channels: 1 })
    expect(shareOf(wav.samples, 300)).toBeGreaterThan(0.5)
    // the beep itself is not in it
    expect(shareOf(wav.samples, 1_000)).toBeLessThan(0.05)
    await line.hangUp('normal')
  })

  it('ends a message at #, and keeps what there is when the caller hangs up', async () => {
    const first = await answered()
    const path = join(world.folder, `key-${transport}.wav`)
    first.line.record({ path, maxMs: 20_000, silenceMs: 8_000, beep: false })
    await first.caller.say(tone(300, 600))
    await first.caller.press('#')
    await eventually(() => expect(find(first.events, 'recording_finished')).toMatchObject({ cause: 'key' }))
    await first.line.hangUp('normal')

    const second = await answered()
    const cut = join(world.folder, `cut-${transport}.wav`)
    second.line.record({ path: cut, maxMs: 20_000, silenceMs: 8_000, beep: false })
    await second.caller.say(tone(300, 1_200))
    await second.caller.hangUp()
    await second.line.cleared
    expect(find(second.events, 'recording_finished')).toMatchObject({ cause: 'hang_up' })
    expect(find(second.events, 'hung_up')).toMatchObject({ cause: 'caller' })
    expect(decodeWav(await readFile(cut)).samples.length).toBeGreaterThan(12_000)
  })

  it('writes both sides of the call, the caller left and itself right', async () => {
    const { caller, line, events } = await answered()
    const path = join(world.folder, `call-${transport}.wav`)
    line.recordCall(path)
    line.play(1, tone(440, 1_000), 'Hello.')
    await caller.ear.sound()
    await caller.say(tone(300, 1_000))
    await eventually(() => expect(find(events, 'playback_finished')).toBeDefined())
    await line.hangUp('normal')
    await eventually(() => expect(find(events, 'call_recorded')).toBeDefined())
    const { samples, channels } = decodeWav(await readFile(path))
    expect(channels).toBe(2)
    const side = (at: 0 | 1) => samples.filter((_, index) => index % 2 === at)
    expect(shareOf(side(0), 300)).toBeGreaterThan(0.5)
    expect(shareOf(side(1), 440)).toBeGreaterThan(0.5)
    expect(existsSync(path)).toBe(true)
  })

  it('goes on when its media connection is lost', async () => {
    const { caller, line, events } = await answered()
    line.play(1, tone(440, 6_000), 'A long sentence.')
    await caller.ear.sound()
    const media = (await world.eye.call('GET /channels', {})).find(channel => /^(Web|Audio)Socket/.test(channel.name))
    await world.eye.call('DELETE /channels/{channelId}', { channelId: media!.id })
    const cutMs = performance.now()
    await new Promise(resolve => setTimeout(resolve, 500))
    await caller.ear.sound({ fromMs: cutMs + 500, timeoutMs: 5_000 })
    await caller.say(tone(300, 900))
    await eventually(() => expect(find(events, 'utterance')).toBeDefined())
    expect(find(events, 'hung_up')).toBeUndefined()
    await line.hangUp('normal')
  })
})

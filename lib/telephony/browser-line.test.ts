import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { createFlite } from '#lib/voice/adapters/flite.ts'
import { systemClock } from '#lib/voice/adapters/index.ts'
import { decodeWav } from '#lib/voice/audio/wav.ts'
import type { LineEvent } from '#lib/voice/ports.ts'
import { lineContract } from '#lib/voice/testing/line-contract.ts'
import { createBrowserLine } from './browser-line.ts'
import type { BrowserSocket } from './browser-sound.ts'
import { withMedia } from './testing/media.ts'

const given = withMedia()

/** A browser: a microphone that sends frames as long as the call is up, and a loudspeaker that remembers. */
function browser() {
  const played: Int16Array[] = []
  let cleared = 0
  let spoken: Int16Array = new Int16Array(0)
  let at = 0
  const socket: BrowserSocket & { closed: string | null } = {
    closed: null,
    onSound: () => {},
    onKey: () => {},
    onClose: () => {},
    send: samples => void played.push(samples),
    clear: () => void cleared++,
    close(reason) {
      socket.closed = reason
      clearInterval(timer)
    },
  }
  const timer = setInterval(() => {
    const frame = new Int16Array(320)
    frame.set(spoken.subarray(at, at + 320))
    at += 320
    socket.onSound(frame)
  }, 20)
  return {
    socket,
    played,
    say(samples: Int16Array) {
      spoken = samples
      at = 0
    },
    leave() {
      clearInterval(timer)
      socket.onClose(false)
    },
    get cleared() {
      return cleared
    },
    loudest: () => Math.max(0, ...played.map(frame => frame.reduce((peak, one) => Math.max(peak, Math.abs(one)), 0))),
  }
}

let count = 0
lineContract('a browser’s microphone', async () => {
  const page = browser()
  const line = createBrowserLine({ socket: page.socket, media: given.media, clock: systemClock })
  return {
    line,
    pass: ms => sleep(ms),
    press: digit => page.socket.onKey(digit),
    hangUp: page.leave,
    recordingPath: join(given.folder, `message-${++count}.wav`),
    async close() {
      await line.hangUp('normal')
      page.leave()
    },
  }
})

test('speech is heard as one utterance, is recorded, and our own voice reaches the loudspeaker', async () => {
  const page = browser()
  const line = createBrowserLine({ socket: page.socket, media: given.media, clock: systemClock })
  const events: LineEvent[] = []
  line.on(event => events.push(event))
  await line.answer()
  line.listen({ endOfSpeechMs: 400, isSpeaking: false })
  line.play(1, createFlite()('One moment, please.', 'rms'), 'One moment, please.')
  await expect.poll(() => events.some(({ type }) => type === 'playback_finished'), { timeout: 10_000 }).toBe(true)
  expect(page.loudest()).toBeGreaterThan(1_000)
  const path = join(given.folder, 'call.wav')
  line.recordCall(path)
  page.say(createFlite()('Hello, this is Anna from the dentist.', 'rms'))
  await expect.poll(() => events.some(({ type }) => type === 'utterance'), { timeout: 10_000 }).toBe(true)
  const heard = events.find(event => event.type === 'utterance')!
  expect(heard.speechMs).toBeGreaterThan(800)
  expect(heard.audio.length).toBeGreaterThan(16_000)
  expect(heard.endedAtMs).toBeLessThan(heard.atMs)
  await line.hangUp('normal')
  await expect.poll(() => events.some(({ type }) => type === 'call_recorded'), { timeout: 10_000 }).toBe(true)
  expect(decodeWav(await readFile(path))).toMatchObject({ channels: 2, rateHz: 16_000 })
  await expect.poll(() => page.socket.closed).toBe('normal')
})

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { frameMs, frameSamples } from '#lib/voice/ports.ts'
import { createSegmenter } from '#lib/voice/segmenter.ts'
import { createLeg } from './leg.ts'
import type { FromMedia } from './protocol.ts'
import type { MediaSocket } from './socket.ts'

const loud = new Int16Array(frameSamples).fill(8_000)
const quiet = new Int16Array(frameSamples)
const sentence = Int16Array.from({ length: frameSamples * 100 }, (_, i) => 1_000 + Math.floor(i / frameSamples))

/** A leg without a thread: the test is the clock, and the far side holds three frames ahead as Asterisk does. */
function start() {
  const log: (FromMedia['type'] | 'flush')[] = []
  const told: FromMedia[] = []
  const sent: number[] = []
  let nowMs = 0
  const socket: MediaSocket = {
    leadFrames: 3,
    onFrame: () => {},
    onClose: () => {},
    write: frame => void sent.push(frame[0]!),
    flush() {
      log.push('flush')
      sent.splice(-3)
      return 3
    },
    close() {},
  }
  const leg = createLeg({
    leg: 1,
    vad: { score: frame => (frame[0] === 0 ? 0 : 0.95), reset() {}, close() {} },
    segmenter: createSegmenter(),
    tell(message) {
      log.push(message.type)
      told.push(message)
    },
    now: () => nowMs,
  })
  leg.attach(socket)
  const pass = (ms: number, frame = quiet) => {
    for (let at = 0; at < ms; at += frameMs) {
      nowMs += frameMs
      leg.tick(0)
      socket.onFrame(frame)
    }
  }
  leg.play(1)
  leg.audio(1, sentence)
  leg.end(1)
  pass(400)
  return { leg, log, told, sent, pass, isSilent: () => sent.at(-1) === 0 }
}

test('our voice gives way to speech in the thread itself, before anybody else is asked', () => {
  const it = start()
  it.leg.listen({ endOfSpeechMs: 400, isSpeaking: true, yieldsToSpeech: true })
  it.pass(120, loud)
  expect(it.isSilent()).toBe(false)
  it.pass(60, loud)
  expect(it.isSilent()).toBe(true)
  expect(it.log.slice(-2)).toEqual(['flush', 'speech_started'])
})

test('a confirmed pause drops nothing twice, and resuming goes on with the first frame that was not heard', () => {
  const it = start()
  it.leg.listen({ endOfSpeechMs: 400, isSpeaking: true, yieldsToSpeech: true })
  it.pass(300, loud)
  it.leg.pause()
  expect(it.log.filter(entry => entry === 'flush')).toHaveLength(1)
  it.leg.resume()
  it.pass(1_000)
  const heard = it.sent.filter(sample => sample > 0)
  expect(heard).toEqual(heard.map((_, index) => 1_000 + index))
})

test('a sentence that nobody interrupts goes on', () => {
  const it = start()
  it.leg.listen({ endOfSpeechMs: 400, isSpeaking: true })
  it.pass(400, loud)
  expect(it.isSilent()).toBe(false)
  expect(it.log).toContain('speech_started')
  expect(it.log).not.toContain('flush')
})

test('speech while nothing is playing holds nothing back', () => {
  const it = start()
  it.leg.clear()
  it.leg.listen({ endOfSpeechMs: 400, isSpeaking: true, yieldsToSpeech: true })
  it.pass(400, loud)
  it.leg.play(2)
  it.leg.audio(2, sentence.slice())
  it.pass(200)
  expect(it.isSilent()).toBe(false)
})

test('a burst of frames that came late does not hold up the frames that are due', () => {
  let kept = 0
  const scored: number[] = []
  const socket: MediaSocket = { leadFrames: 3, onFrame() {}, onClose() {}, write() {}, flush: () => 0, close() {} }
  const leg = createLeg({
    leg: 2,
    vad: { score: () => scored.push(kept), reset() {}, close() {} },
    segmenter: createSegmenter(),
    tell() {},
    keepTime: () => kept++,
    now: () => 0,
  })
  leg.attach(socket)
  for (let i = 0; i < 3; i++) socket.onFrame(quiet)
  expect(scored).toEqual([1, 2, 3])
})

test('a sentence that begins after silence takes the place of the silence that waits ahead of it', () => {
  const it = start()
  it.leg.clear()
  it.pass(400)
  const before = it.sent.length
  it.leg.play(2)
  it.leg.audio(2, sentence.slice())
  it.leg.end(2)
  it.pass(20)
  expect(it.log.at(-1)).toBe('flush')
  // three frames of silence went, the sentence and its lead came
  expect(it.sent.slice(before - 4)).toEqual([0, 1_000, 1_001, 1_002, 1_003])
  it.pass(3_000)
  const heard = it.sent.slice(before - 3).filter(sample => sample > 0)
  expect(heard).toEqual(Array.from({ length: 100 }, (_, index) => 1_000 + index))
})

test('a sentence that comes as it is made is not sent ahead: a voice that falls behind would leave a hole', () => {
  const it = start()
  it.leg.clear()
  it.pass(400)
  const flushed = it.log.filter(entry => entry === 'flush').length
  it.leg.play(2)
  it.leg.audio(2, sentence.slice(0, 2 * frameSamples))
  it.pass(40)
  expect(it.sent.slice(-3)).toEqual([0, 1_000, 1_001])
  expect(it.log.filter(entry => entry === 'flush')).toHaveLength(flushed)
})

test('the recording of a call is as long as the call, however many sentences were hurried, held and resumed', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'leg-'))
  try {
    const it = start()
    it.leg.clear()
    it.leg.recordCall(join(folder, 'call.wav'))
    let passedMs = 0
    const pass = (ms: number) => {
      passedMs += ms
      it.pass(ms)
    }
    for (let playback = 2; playback < 7; playback++) {
      pass(300)
      it.leg.play(playback)
      it.leg.audio(playback, sentence.slice(0, 30 * frameSamples))
      it.leg.end(playback)
      pass(200)
      it.leg.pause()
      pass(300)
      it.leg.resume()
      pass(800)
    }
    await it.leg.close('over')
    const recorded = it.told.find(message => message.type === 'call_recorded')
    expect(recorded?.durationMs).toBe(passedMs)
  } finally {
    await rm(folder, { recursive: true })
  }
})

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
    tell: message => void log.push(message.type),
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
  return { leg, log, sent, pass, isSilent: () => sent.at(-1) === 0 }
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

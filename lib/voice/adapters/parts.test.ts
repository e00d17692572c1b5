import { expect, test } from 'vitest'
import type { Clock, Tts } from '../ports.ts'
import { createBreaker } from './breaker.ts'
import { keepHeard } from './hallucinations.ts'
import type { HostListener } from './host.ts'
import { isAudible, trimSpeech } from './loudness.ts'
import { conversationsFor } from './measure.ts'
import { createQueue } from './queue.ts'
import { type Ready, supervise } from './supervised.ts'
import { createVoices } from './voices.ts'

function virtualClock(): Clock & { pass(ms: number): void } {
  let time = 0
  let timers: { at: number; run(): void }[] = []
  return {
    now: () => time,
    after(delayMs, run) {
      const timer = { at: time + delayMs, run }
      timers.push(timer)
      return () => {
        timers = timers.filter(one => one !== timer)
      }
    },
    pass(ms) {
      const end = time + ms
      for (;;) {
        const next = timers.filter(one => one.at <= end).sort((a, b) => a.at - b.at)[0]
        if (!next) break
        timers = timers.filter(one => one !== next)
        time = next.at
        next.run()
      }
      time = end
    },
  }
}

const settle = () => new Promise(resolve => setImmediate(resolve))
const never = () => new AbortController().signal

test('inventions, sounds and endless loops are not what a caller said', () => {
  expect(keepHeard('Thank you for watching!', 2000)).toBe('')
  expect(keepHeard('Untertitel der Amara.org-Community', 2000)).toBe('')
  expect(keepHeard('(upbeat music) Hello.', 2000)).toBe('Hello.')
  expect(keepHeard(' you ', 120)).toBe('')
  expect(keepHeard('You.', 800)).toBe('You.')
  expect(keepHeard('<|en|> I am here', 800)).toBe('I am here')
  expect(keepHeard(`please ${'call me back '.repeat(40)}`, 5000)).toBe('please call me back')
  expect(keepHeard('no no no', 900)).toBe('no no no')
  expect(keepHeard('my number is 0 0 0 0 0 0 7', 3000)).toBe('my number is 0 0 0 0 0 0 7')
  expect(keepHeard('...', 900)).toBe('')
})

test('a queue serves the urgent first, refuses what is too much and forgets who left', async () => {
  const clock = virtualClock()
  const queue = createQueue({ name: 'Ears', concurrency: 1, limit: 3, clock })
  const order: string[] = []
  const ends = new Map<string, () => void>()
  const add = (name: string, urgent = false, signal = never()) =>
    queue.run(
      () => {
        order.push(name)
        return new Promise<string>(resolve => ends.set(name, () => resolve(name)))
      },
      { signal, urgent, deadlineMs: 1000 },
    )
  const first = add('first')
  const leave = new AbortController()
  const left = add('left', false, leave.signal)
  const slow = add('slow')
  const urgent = add('urgent', true)
  await expect(add('too much')).rejects.toThrow('Ears has too much to do.')
  leave.abort(new Error('gone'))
  await expect(left).rejects.toThrow('gone')
  ends.get('first')!()
  expect(await first).toBe('first')
  await settle()
  ends.get('urgent')!()
  expect(await urgent).toBe('urgent')
  await settle()
  expect(order).toEqual(['first', 'urgent', 'slow'])
  clock.pass(1001)
  await expect(slow).rejects.toThrow('Ears took too long.')
  expect(queue.size()).toEqual({ running: 1, waiting: 0 })
  ends.get('slow')!()
  await settle()
  expect(queue.size()).toEqual({ running: 0, waiting: 0 })
})

test('a queue takes spare work only while nothing else is done, and always keeps a place for what is not', async () => {
  const clock = virtualClock()
  const ends: (() => void)[] = []
  const work = () => new Promise<void>(resolve => ends.push(resolve))
  const spare = { signal: never(), isSpare: true, deadlineMs: 1000 }
  const single = createQueue({ name: 'Ears', concurrency: 1, limit: 3, clock })
  await expect(single.run(work, spare)).rejects.toThrow('something else to do')
  const queue = createQueue({ name: 'Ears', concurrency: 2, limit: 3, clock })
  const first = queue.run(work, spare)
  await expect(queue.run(work, spare)).rejects.toThrow('something else to do')
  const turn = queue.run(work, { signal: never(), urgent: true, deadlineMs: 1000 })
  expect(queue.size()).toEqual({ running: 2, waiting: 0 })
  for (const end of ends) end()
  await Promise.all([first, turn])
})

test('a breaker opens after two failures, lets one try after a rest, and closes on success', () => {
  const clock = virtualClock()
  const breaker = createBreaker(clock)
  breaker.failed(new Error('one'))
  breaker.check()
  breaker.failed(new Error('two'))
  expect(() => breaker.check()).toThrow('two')
  clock.pass(5001)
  breaker.check()
  expect(() => breaker.check()).toThrow('two')
  breaker.succeeded()
  breaker.check()
  expect(breaker.lastError()).toBeUndefined()
})

test('a host that dies is started again, later each time, and one that hangs is killed', async () => {
  const clock = virtualClock()
  const starts: HostListener<{ type: 'x' } | Ready>[] = []
  let stopped = 0
  const lost: string[] = []
  const host = supervise<string, { type: 'x' }>({
    name: 'Ears',
    kind: 'process',
    entry: new URL('file:///none'),
    argument: null,
    clock,
    onMessage() {},
    onLost: reason => lost.push(reason),
    readyWithinMs: 1000,
    start: (_kind, _entry, _argument, listener) => {
      starts.push(listener)
      return {
        post() {},
        async stop() {
          stopped += 1
        },
      }
    },
  })
  const ready = host.ready()
  starts[0]!.onExit('it ended with code 1')
  await expect(ready).rejects.toThrow('Ears stopped: it ended with code 1.')
  clock.pass(499)
  expect(starts.length).toBe(1)
  clock.pass(1)
  expect(starts.length).toBe(2)
  clock.pass(1000)
  expect(stopped).toBe(1)
  expect(lost.at(-1)).toContain('did not get ready in time')
  clock.pass(1000)
  expect(starts.length).toBe(3)
  starts[2]!.onMessage({ type: 'ready' })
  await host.ready()
  starts[0]!.onExit('a voice from the past')
  expect(host.state().state).toBe('ready')
  clock.pass(61_000)
  starts[2]!.onExit('it ended by SIGSEGV')
  clock.pass(500)
  expect(starts.length).toBe(4)
  await host.stop()
  clock.pass(100_000)
  expect(starts.length).toBe(4)
})

function fakeVoice(name: string, languages: ('en' | 'de')[], fails = false): Tts {
  return {
    name,
    voices: languages.map(language => ({ id: name, language, label: name })),
    async *speak() {
      if (fails) throw new Error(`${name} is broken.`)
      yield Int16Array.of(name.charCodeAt(0))
    },
    async close() {},
  }
}

test('when a voice fails before its first sound another one speaks', async () => {
  const voices = createVoices(() => [
    { tts: fakeVoice('z-remote', ['en', 'de'], true), isPreferred: true },
    { tts: fakeVoice('flite', ['en']), isPreferred: false },
  ])
  const say = async (language: 'en' | 'de', voice?: string) => {
    for await (const piece of voices.speak('x', { language, signal: never(), ...(voice ? { voice } : {}) }))
      return piece[0]
  }
  expect(await say('en')).toBe('f'.charCodeAt(0))
  await expect(say('de')).rejects.toThrow('z-remote is broken.')
  expect(voices.voiceFor('de')).toEqual({ id: 'z-remote', engine: 'z-remote' })
  expect(voices.voiceFor('en', 'flite')).toEqual({ id: 'flite', engine: 'flite' })
  const none = createVoices(() => [{ tts: fakeVoice('flite', ['en']), isPreferred: true }])
  const speaking = none.speak('x', { language: 'de', signal: never() })[Symbol.asyncIterator]()
  await expect(speaking.next()).rejects.toThrow('Nothing here speaks German')
})

test('silence around a sentence is cut, voices are equally loud, nothing clips', () => {
  const quiet = new Int16Array(32_000)
  for (let i = 8000; i < 20_000; i++) quiet[i] = Math.round(700 * Math.sin(i / 8))
  const trimmed = trimSpeech(quiet, { isLast: true, text: 'One.' })
  expect(trimmed.length).toBeLessThan(14_500)
  expect(Math.max(...trimmed)).toBeGreaterThan(1500)
  const loud = quiet.map(sample => Math.max(-32_768, Math.min(32_767, sample * 60)))
  expect(Math.max(...trimSpeech(loud, { isLast: true, text: 'One.' }))).toBeLessThanOrEqual(29_000)
  expect(trimSpeech(new Int16Array(1000), { isLast: true, text: '' }).length).toBe(0)
  expect(isAudible(new Int16Array(16_000))).toBe(false)
  expect(isAudible(quiet)).toBe(true)
})

test('what a machine can hold follows from how long it takes to understand five seconds', () => {
  expect(conversationsFor(null, false, 2)).toBe(0)
  expect(conversationsFor(1000, false, 2)).toBe(10)
  expect(conversationsFor(5000, false, 2)).toBe(2)
  expect(conversationsFor(60_000, false, 2)).toBe(1)
  expect(conversationsFor(5, false, 2)).toBe(32)
  expect([conversationsFor(500, true), conversationsFor(5000, true)]).toEqual([8, 2])
})

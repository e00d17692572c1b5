import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { frameSamples } from '#lib/voice/ports.ts'
import { createPlayback, type PlaybackEvent } from './playback.ts'

const pcm = (frames: number, value = 1) => new Int16Array(Math.round(frames * frameSamples)).fill(value)

function start(leadFrames = 3) {
  const events: PlaybackEvent[] = []
  const playback = createPlayback({ leadFrames, emit: event => events.push(event) })
  const take = (count: number) => Array.from({ length: count }, () => playback.next()?.[0] ?? 0)
  return { playback, events, take }
}

describe('what is about to be said', () => {
  it('plays one after the other, in order, without a gap', () => {
    const { playback, take, events } = start()
    for (const number of [1, 2]) {
      playback.play(number)
      playback.audio(number, pcm(2, number))
      playback.end(number)
    }
    expect(take(5)).toEqual([1, 1, 2, 2, 0])
    expect(events.map(event => `${event.type} ${event.playback}`)).toEqual([
      'playback_started 1',
      'playback_finished 1',
      'playback_started 2',
    ])
  })

  it('says that it is finished only when the far side has played what it held', () => {
    const { playback, take, events } = start(3)
    playback.play(1)
    playback.audio(1, pcm(2))
    playback.end(1)
    take(4)
    expect(events.some(event => event.type === 'playback_finished')).toBe(false)
    take(2)
    expect(events.at(-1)).toEqual({ type: 'playback_finished', playback: 1, playedMs: 40, isComplete: true })
  })

  it('waits for speech that is still being made, and goes on when it comes', () => {
    const { playback, take } = start()
    playback.play(1)
    playback.audio(1, pcm(1))
    expect(take(3)).toEqual([1, 0, 0])
    playback.audio(1, pcm(1, 2))
    playback.end(1)
    expect(take(1)).toEqual([2])
  })

  it('goes on after a pause with what the far side dropped', () => {
    const { playback, take } = start(2)
    playback.play(1)
    for (let value = 1; value <= 6; value++) playback.audio(1, pcm(1, value))
    playback.end(1)
    expect(take(4)).toEqual([1, 2, 3, 4])
    playback.pause(2)
    expect(take(2)).toEqual([0, 0])
    playback.resume()
    expect(take(4)).toEqual([3, 4, 5, 6])
  })

  it('tells of everything that was cleared, and how much of the first was heard', () => {
    const { playback, take, events } = start(2)
    for (const number of [1, 2]) {
      playback.play(number)
      playback.audio(number, pcm(10, number))
      playback.end(number)
    }
    take(5)
    playback.clear(2)
    expect(events.filter(event => event.type === 'playback_finished')).toEqual([
      { type: 'playback_finished', playback: 1, playedMs: 60, isComplete: false },
      { type: 'playback_finished', playback: 2, playedMs: 0, isComplete: false },
    ])
    expect(take(2)).toEqual([0, 0])
  })

  it('finishes every playback exactly once, whatever happens in between', () => {
    const step = fc.oneof(
      fc.record({ do: fc.constant('play' as const), number: fc.integer({ min: 1, max: 5 }) }),
      fc.record({ do: fc.constant('audio' as const), number: fc.integer({ min: 1, max: 5 }) }),
      fc.record({ do: fc.constant('end' as const), number: fc.integer({ min: 1, max: 5 }) }),
      fc.record({ do: fc.constantFrom('next' as const, 'pause' as const, 'resume' as const, 'clear' as const) }),
    )
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), steps => {
        const { playback, events } = start(2)
        let begun = 0
        for (const one of steps) {
          const open = new Set(events.filter(event => event.type === 'playback_finished').map(event => event.playback))
          if (one.do === 'play') {
            // numbers are not used again, as the conversation counts them up
            if (!open.has(one.number)) playback.play(one.number)
          } else if (one.do === 'audio') playback.audio(one.number, pcm(1.5))
          else if (one.do === 'end') playback.end(one.number)
          else if (one.do === 'pause') playback.pause(1)
          else if (one.do === 'next') playback.next()
          else if (one.do === 'resume') playback.resume()
          else playback.clear(1)
        }
        playback.clear(0)
        const finished = events.filter(event => event.type === 'playback_finished').map(event => event.playback)
        expect(new Set(finished).size).toBe(finished.length)
        begun = events.filter(event => event.type === 'playback_started').length
        expect(begun).toBeLessThanOrEqual(finished.length)
        expect(playback.isIdle).toBe(true)
      }),
    )
  })
})

import { describe, expect, test } from 'vitest'
import { call, forward, voicemail } from '../testing/session-call.ts'

describe('when engines fail', () => {
  test('a recogniser that fails twice leaves the keys', async () => {
    const it = call()
    it.stt.fail(new Error('out of memory'))
    for (let i = 0; i < 2; i++) {
      await it.untilListening()
      await it.line.says('Hello')
      await it.clock.advance(1_000)
    }
    await it.untilListening()
    expect(it.heard()).toMatch(/did not catch that.*cannot listen.*Press 1/)
  })

  test('a recogniser that hangs is not waited for', async () => {
    const it = call()
    it.stt.hang()
    await it.untilListening()
    await it.line.says('Hello')
    await it.clock.advance(16_000)
    expect(it.heard()).toMatch(/did not catch/)
  })

  test.each([['fails', new Error('down')] as const, ['hangs', 'hang'] as const])(
    'screening that %s ends in a sentence and a message',
    async (_name, answer) => {
      const it = call({ answers: [answer] })
      await it.untilListening()
      await it.line.says('Hello')
      await it.untilPhase('recording')
      expect(it.heard()).toMatch(/not working.*leave your message/)
    },
  )

  test.each(['fail', 'hang'] as const)('a voice that %ss gives the caller to the dialplan', async how => {
    const it = call()
    if (how === 'fail') it.voice.fail(new Error('no voice'))
    else it.voice.hang()
    await it.clock.advance(8_000)
    expect(it.line.log).toContain('release')
    expect(it.outcome?.by).toBe('fault')
  })

  test('a fault of our own gives the caller to the dialplan and ends only this call', async () => {
    const it = call()
    await it.untilListening()
    it.story.add = () => {
      it.story.add = () => {}
      throw new Error('a bug')
    }
    it.line.presses('1')
    await it.clock.advance(1_000)
    expect(it.line.log.at(-1)).toBe('release')
    expect(it.outcome?.by).toBe('fault')
    expect(it.clock.waiting).toBe(0)
  })

  test('a line that cannot be answered ends the call', async () => {
    const it = call({ line: { answerFails: true } })
    await it.clock.settle()
    expect(it.outcome).toMatchObject({ by: 'fault' })
  })
})

describe('after the end', () => {
  test.each([
    ['while it rings', 'answering'],
    ['during the greeting', 'speaking'],
    ['while listening', 'listening'],
    ['while it is put through', 'dialling'],
    ['while somebody is asked', 'asking'],
    ['while they talk', 'joined'],
    ['during the message', 'recording'],
  ])('nothing is left behind of a caller who hung up %s', async (_name, phase) => {
    const isMessage = phase === 'recording'
    const it = call({
      answers: [forward],
      people: { '100': { outcome: 'answered', answersAfterMs: 900, key: '1', keyAfterMs: 900 } },
      ...(isMessage && { before: voicemail }),
    })
    if (['dialling', 'asking', 'joined'].includes(phase)) {
      await it.untilListening()
      await it.line.says('Please put me through')
    }
    if (phase !== 'answering') await it.untilPhase(phase)
    it.line.hangsUp()
    await it.clock.advance(100)
    expect(it.outcome).toMatchObject({ by: 'caller' })
    await it.clock.advance(6_000)
    expect(it.clock.waiting).toBe(0)
    expect(it.line.openLegs).toBe(0)
    const { length } = it.story.notes
    it.line.emit({ type: 'dtmf', digit: '1' })
    it.line.emit({ type: 'speech_started' })
    it.session.send({ type: 'command', command: 'take' })
    await it.clock.advance(60_000)
    expect(it.story.notes).toHaveLength(length)
  })
})

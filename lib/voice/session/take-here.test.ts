import { describe, expect, test } from 'vitest'
import type { Guest } from '../ports.ts'
import { call, forward, type Given } from '../testing/session-call.ts'

/** An owner at a browser. */
function owner() {
  const listeners: ((how: 'left' | 'lost') => void)[] = []
  let toldReason: string | null = null
  const guest: Guest = {
    leg: 7,
    onGone: listener => void listeners.push(listener),
    async hangUp(reason) {
      toldReason = reason
    },
  }
  return {
    guest,
    goes(how: 'left' | 'lost') {
      for (const listener of listeners) listener(how)
    },
    get wasLetGo() {
      return toldReason
    },
  }
}

async function taken(given: Given = {}) {
  const maria = owner()
  const it = call({ guest: async () => maria.guest, ...given })
  await it.untilListening()
  it.session.send({ type: 'command', command: 'take', browser: true })
  return { it, maria }
}

describe('taken with the microphone of a browser', () => {
  test('the assistant falls silent in the middle of its sentence and the owner is joined; our limits end', async () => {
    const maria = owner()
    const it = call({ guest: async () => maria.guest })
    await it.untilPhase('speaking')
    await it.clock.advance(500)
    it.session.send({ type: 'command', command: 'take', browser: true })
    await it.untilPhase('joined')
    expect(it.line.isSpeaking).toBe(false)
    expect(it.line.log).toContain('join guest')
    expect(it.line.log.some(entry => entry.startsWith('dial '))).toBe(false)
    await it.clock.advance(3 * 660_000)
    expect(it.outcome).toBeNull()
    it.line.hangsUp()
    await it.clock.settle()
    expect(it.outcome).toMatchObject({ by: 'caller', action: 'forward', verdict: { decidedBy: 'owner' } })
    expect(maria.wasLetGo).not.toBeNull()
  })

  test('the owner who hangs up ends the call', async () => {
    const { it, maria } = await taken()
    await it.untilPhase('joined')
    maria.goes('left')
    await it.clock.settle()
    expect(it.outcome).toMatchObject({ by: 'person', action: 'forward' })
    expect(it.line.isUp).toBe(false)
  })

  test('a tab that is gone leaves the caller with the assistant, who says so and takes a message', async () => {
    const { it, maria } = await taken()
    await it.untilPhase('joined')
    maria.goes('lost')
    await it.untilPhase('recording')
    expect(it.heard()).toMatch(/the connection was lost.*leave your message/)
    await it.clock.advance(900_000)
    expect(it.outcome).not.toBeNull()
  })

  test('nobody who comes in time is like nobody who answers', async () => {
    const { it } = await taken({ guest: async () => null })
    await it.untilPhase('recording')
    expect(it.heard()).toMatch(/nobody can take your call/)
  })

  test('whoever rings at that moment is let go', async () => {
    const maria = owner()
    const it = call({
      answers: [forward],
      guest: async () => maria.guest,
      people: { '100': { outcome: 'answered', answersAfterMs: 9_000, key: '1' } },
    })
    await it.untilListening()
    await it.line.says('The boiler is leaking')
    await it.untilPhase('dialling')
    it.session.send({ type: 'command', command: 'take', browser: true })
    await it.untilPhase('joined')
    await it.clock.advance(20_000)
    expect(it.line.openLegs).toBe(0)
    expect(it.session.state.dial).toMatchObject({ isBrowser: true })
  })

  test('a caller who hangs up while the owner is awaited takes the wish back', async () => {
    let wasAborted = false
    const { it } = await taken({
      guest: ({ signal }) =>
        new Promise(resolve =>
          signal.addEventListener('abort', () => {
            wasAborted = true
            resolve(null)
          }),
        ),
    })
    await it.clock.advance(1_000)
    it.line.hangsUp()
    await it.clock.settle()
    expect(it.outcome).toMatchObject({ by: 'caller' })
    expect(wasAborted).toBe(true)
  })

  test('a line that can ring nobody can be taken all the same, and before it is answered', async () => {
    const maria = owner()
    const it = call({
      guest: async () => maria.guest,
      line: { kind: 'browser' },
      settings: { canDial: false, destinations: [] },
    })
    it.session.send({ type: 'command', command: 'take', browser: true })
    await it.untilPhase('joined')
    it.session.send({ type: 'command', command: 'take', browser: true })
    expect(it.session.state.phase).toBe('joined')
    it.session.send({ type: 'command', command: 'hang_up' })
    await it.clock.settle()
    expect(it.outcome).toMatchObject({ by: 'owner' })
  })

  test('a process that stops gives the caller to the dialplan, because the sound goes with it', async () => {
    const { it } = await taken()
    await it.untilPhase('joined')
    it.session.send({ type: 'drain' })
    await it.clock.settle()
    expect(it.line.log).toContain('release')
  })

  test('on a line that can ring nobody, a call that is put through rings for the owner’s browser', async () => {
    const maria = owner()
    const arrives = Promise.withResolvers<Guest | null>()
    const it = call({
      answers: [forward],
      line: { kind: 'browser' },
      settings: { canDial: false },
      guest: () => arrives.promise,
    })
    await it.untilListening()
    await it.line.says('The boiler is leaking')
    await it.untilPhase('dialling')
    expect(it.find('forwarding')).toMatchObject([{ data: { destination: '100', label: 'Home' } }])
    it.session.send({ type: 'command', command: 'take', browser: true })
    arrives.resolve(maria.guest)
    await it.untilPhase('joined')
    expect(it.line.log.filter(entry => entry === 'admit')).toHaveLength(1)
    maria.goes('left')
    await it.clock.settle()
    expect(it.outcome).toMatchObject({ by: 'person', action: 'forward', verdict: { decidedBy: 'owner' } })
  })
})

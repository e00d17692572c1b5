import { expect, test } from 'vitest'
import type { LiveCallEvent } from '#lib/calls/contract.ts'
import type { CallEvent } from '#lib/calls/events.ts'
import { applyEvent, type LiveDetail } from './live.ts'

const call = {
  callId: 'c1',
  status: 'in_progress',
  isSteerable: true,
  turns: [],
  timeline: [],
  latencyMs: {},
} as unknown as LiveDetail

let lastId = 0
const event = (body: CallEvent, id = ++lastId): LiveCallEvent => ({
  ...body,
  id,
  atMs: id * 100,
  createdAt: '2026-02-04T12:00:00.000+00:00',
  call: 1,
  callId: 'c1',
})

test('words that are still being spoken stand apart until they are understood', () => {
  const hearing = applyEvent(call, event({ kind: 'hearing', data: { turn: 1, text: 'Hello, it is' } }))
  expect(hearing.hearing).toEqual({ turn: 1, text: 'Hello, it is' })
  expect(hearing.turns).toEqual([])
  const heard = applyEvent(hearing, event({ kind: 'heard', data: { turn: 1, text: 'Hello, it is Anna.' } }))
  expect(heard.hearing).toBeUndefined()
  expect(heard.turns.map(turn => [turn.who, turn.text])).toEqual([['caller', 'Hello, it is Anna.']])
})

test('words that nothing came of go when the assistant turns to something else', () => {
  const speaking = event({ kind: 'doing', data: { doing: 'The caller is speaking' } })
  const hearing = [speaking, event({ kind: 'hearing', data: { turn: 1, text: 'uh' } })].reduce(applyEvent, call)
  const goesOn = applyEvent(hearing, event({ kind: 'doing', data: { doing: 'The caller is speaking' } }))
  expect(goesOn.hearing?.text).toBe('uh')
  expect(applyEvent(goesOn, event({ kind: 'doing', data: { doing: 'Listening' } })).hearing).toBeUndefined()
})

test('an event that is already in changes nothing', () => {
  const said = event({ kind: 'said', data: { turn: 1, text: 'Good day.' } })
  const once = applyEvent(call, said)
  expect(applyEvent(once, said)).toBe(once)
})

test('what comes next carries the instant at which it comes', () => {
  const next = applyEvent(
    call,
    event({ kind: 'doing', data: { doing: 'listening', next: 'rings you', nextInMs: 4000 } }),
  )
  expect(next.doing).toEqual({ doing: 'listening', next: 'rings you', nextAtMs: Date.parse('2026-02-04T12:00:04Z') })
})

test('a call that ended cannot be steered any more', () => {
  const ended = applyEvent(call, event({ kind: 'ended', data: { by: 'caller', action: null } }))
  expect(ended).toMatchObject({ status: 'completed', isSteerable: false })
})

test('a measured stage is shown, an unknown kind is kept in the timeline alone', () => {
  const measured = applyEvent(call, event({ kind: 'measured', data: { stage: 'decision', ms: 630 } }))
  expect(measured.latencyMs).toEqual({ decision: 630 })
  const unknown = applyEvent(call, { ...event({ kind: 'answered', data: {} }), kind: 'of_the_future' })
  expect(unknown.timeline).toHaveLength(1)
  expect(unknown.turns).toEqual([])
})

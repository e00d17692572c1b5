import { expect, test } from 'vitest'
import { createAdmission } from './admission.ts'

test('the last place with ears is kept for people the house knows', () => {
  const admission = createAdmission(3)
  expect(admission.enter(Symbol(), '+1', false)).toBe('ears')
  expect(admission.enter(Symbol(), '+2', false)).toBe('ears')
  expect(admission.enter(Symbol(), '+3', false)).toBe('keys')
  expect(admission.enter(Symbol(), '+4', true)).toBe('ears')
  expect(admission.enter(Symbol(), '+5', true)).toBe('keys')
})

test('a caller holds two calls at most, and withheld numbers are not one caller', () => {
  const admission = createAdmission(9)
  const first = Symbol()
  expect(admission.enter(first, '+1', false)).toBe('ears')
  expect(admission.enter(Symbol(), '+1', false)).toBe('ears')
  expect(admission.enter(Symbol(), '+1', false)).toBe('refused')
  admission.leave(first)
  expect(admission.enter(Symbol(), '+1', false)).toBe('ears')
  for (let i = 0; i < 3; i++) expect(admission.enter(Symbol(), '', false)).toBe('ears')
})

test('what the media thread cannot carry goes to the dialplan', () => {
  const admission = createAdmission(1, 2)
  expect(['+1', '+2', '+3'].map(key => admission.enter(Symbol(), key, false))).toEqual(['ears', 'keys', 'overflow'])
})

test('a machine for one conversation gives its place to anybody', () => {
  expect(createAdmission(1).enter(Symbol(), '+1', false)).toBe('ears')
  expect(createAdmission(0).enter(Symbol(), '+1', true)).toBe('keys')
})

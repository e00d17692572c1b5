import { expect, test } from 'vitest'
import { createStrings } from '../../strings/catalogue.tsx'
import { de } from '../../strings/de/index.ts'
import { en } from '../../strings/en/index.ts'
import { sayHours, sayRule } from './sentence.ts'

const english = createStrings('en', en)
const german = createStrings('de', de)
const rule = {
  caller: null,
  hours: null,
  source: null,
  action: 'voicemail',
  destination: null,
  question: null,
  lineId: null,
} as const
const days = (list: number[], from: string, to: string) => list.map(day => ({ day, from, to }))

test('a rule reads as one would say it', () => {
  expect(sayRule(rule, english)).toBe('All calls go to voicemail.')
  expect(sayRule({ ...rule, caller: '+4930*', action: 'block' }, english)).toBe('Calls from +4930… are blocked.')
  expect(sayRule({ ...rule, caller: 'known', action: 'forward', destination: '101' }, english, 'Office')).toBe(
    'Calls from people you know to Office are put through to 101.',
  )
  expect(sayRule({ ...rule, caller: 'anonymous', action: 'ask_question' }, german)).toBe(
    'Anrufe mit unterdrückter Nummer werden gefragt, wer anruft und warum.',
  )
})

test('hours are grouped by what they have in common', () => {
  expect(sayHours(days([1, 2, 3, 4, 5], '08:00', '18:00'), 'en')).toBe('Mon–Fri 08:00–18:00')
  expect(sayHours([...days([1, 3], '08:00', '12:00'), ...days([6], '10:00', '11:00')], 'en')).toBe(
    'Mon, Wed 08:00–12:00, Sat 10:00–11:00',
  )
  expect(sayHours(days([1, 2, 3, 4, 5, 6, 7], '20:00', '07:00'), 'en')).toBe('20:00–07:00')
})

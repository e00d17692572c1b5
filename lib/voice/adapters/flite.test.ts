import { expect, test } from 'vitest'
import { createFlite } from './flite.ts'

const flite = createFlite()

test('the same sentence sounds the same to the sample, whatever was said before', () => {
  const first = flite('Hello, this is the assistant.', 'slt')
  flite('Something else, by somebody else, and quite a bit longer than that.', 'rms')
  expect(flite('Hello, this is the assistant.', 'slt')).toEqual(first)
  expect(createFlite()('Hello, this is the assistant.', 'slt')).toEqual(first)
})

test('strange text is spoken or left out, and never ends it', () => {
  const strange = [
    '',
    ' ',
    '\0',
    '-h',
    '-voice kal',
    '--',
    '"; rm -rf /',
    '<speak>',
    'a'.repeat(400),
    '1/2 3:4 5%',
    '\x7f\x80',
  ]
  for (const text of strange) {
    expect(flite(text, 'slt').length).toBeGreaterThan(0)
  }
  expect(flite('Still here.', 'slt').length).toBeGreaterThan(8000)
})

test('a hundred sentences take no more memory than ten', () => {
  for (let i = 0; i < 10; i++) flite('Who is calling?', 'rms')
  const before = process.memoryUsage().rss
  for (let i = 0; i < 100; i++) flite('Who is calling?', 'rms')
  expect(process.memoryUsage().rss - before).toBeLessThan(60_000_000)
})

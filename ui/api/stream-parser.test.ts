import { createParser } from 'eventsource-parser'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createStreamParser, type Heard } from './stream-parser.ts'

function ours(pieces: readonly string[]): Heard[] {
  const heard: Heard[] = []
  const feed = createStreamParser(each => heard.push(each))
  for (const piece of pieces) feed(piece)
  return heard
}

function theirs(pieces: readonly string[]): Heard[] {
  const heard: Heard[] = []
  const parser = createParser({
    onEvent: ({ id, event, data }) => heard.push({ id, event, data }),
    // Lines that mean nothing are left out by both.
    onError: () => {},
  })
  for (const piece of pieces) parser.feed(piece)
  return heard
}

const token = fc.constantFrom(
  'data',
  'event',
  'id',
  'retry',
  ':',
  ': ',
  ' ',
  '\n',
  '\n\n',
  '\r\n',
  '\r',
  'x',
  '{"a":1}',
  'é',
  '',
)
/** A stream, cut into pieces anywhere. */
const cut = fc
  .tuple(fc.array(token, { maxLength: 60 }), fc.array(fc.nat(200), { maxLength: 8 }))
  .map(([tokens, cuts]) => {
    const text = `${tokens.join('')}\n\n`
    const at = [...new Set(cuts.map(each => each % text.length))].sort((a, b) => a - b)
    return [0, ...at].map((from, index) => text.slice(from, at[index] ?? text.length))
  })

test('any stream, cut anywhere, is read as the library reads it', () => {
  fc.assert(
    fc.property(cut, pieces => {
      expect(ours(pieces)).toEqual(theirs(pieces))
    }),
    { numRuns: 5_000 },
  )
})

test('an event is told once it is complete, however small the pieces', () => {
  const text = '\uFEFF: hello\r\nid: 7\r\nevent: call\r\ndata: {"a":\r\ndata: 1}\r\n\r\ndata: next\n'
  expect(ours([...text])).toEqual([{ id: '7', event: 'call', data: '{"a":\n1}' }])
})

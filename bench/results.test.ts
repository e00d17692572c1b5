import { expect, test } from 'vitest'
import { withPart } from './results.ts'

const part = (line: string) => ({ name: 'web', title: 'The web process', lines: [line] })

test('a part that is written again takes the place of its last edition and leaves the others alone', () => {
  const before = withPart(withPart('# What was measured\n', part('first')), {
    name: 'calls',
    title: 'Telephone',
    lines: [],
  })
  const after = withPart(before, part('second'))
  expect(after).toBe(before.replace('first', 'second'))
  expect(after.match(/## The web process/g)).toHaveLength(1)
})

test('a part whose end was lost is written at the end instead of swallowing what follows', () => {
  const torn = '# What was measured\n\n<!-- web: begin -->\nfirst\n\n## Mine\n'
  expect(withPart(torn, part('second'))).toContain('## Mine\n\n<!-- web: begin -->\n## The web process\n\nsecond')
})

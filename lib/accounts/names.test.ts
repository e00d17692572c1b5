import { describe, expect, it } from 'vitest'
import { foldEmail, foldName } from './names.ts'

describe('names', () => {
  it.each(['Anna', 'ANNA', ' anna ', 'an\u200bna', 'аnnа', 'ａｎｎａ', 'Ánna', 'a n n a', 'anna\u0301'])(
    '%j is the same as anna to whoever looks',
    name => expect(foldName(name)).toBe('anna'),
  )

  it('that look different are different', () => {
    expect(
      new Set(['anna', 'anne', 'anna.b', 'anna-b', 'anna_b', 'annab', 'müller'.replace('ü', 'ue')].map(foldName)).size,
    ).toBe(7)
    expect(foldName('李雷')).toBe('李雷')
  })

  it('of e-mail are compared without case and spaces at the ends', () => {
    expect(foldEmail(' Anna@Example.COM ')).toBe('anna@example.com')
  })
})

import { describe, expect, it } from 'vitest'
import { questionText } from '../questions.ts'
import { listen } from './index.ts'
import { featuresOf, leaning } from './leaning.ts'

const line = { country: 'US', language: 'en' } as const
const hear = (...said: string[]) =>
  listen(
    said.map(text => ({ who: 'caller' as const, text })),
    line,
  )
const answered = (text: string) =>
  listen(
    [
      { who: 'caller', text: 'Hello, this is Jo, it is about the garden gate.' },
      { who: 'assistant', text: `I see. ${questionText('urgent', 'en')}` },
      { who: 'caller', text },
    ],
    line,
  )

describe('what no list knows', () => {
  it('leans to a need where a sentence tells of one in its own words', () => {
    expect(leaning('he went out on the lake at six and he shouldve been back hours ago')).toBeGreaterThan(0.5)
    expect(leaning('i wanted to ask about the recipe you have time next week')).toBeLessThan(0.5)
  })

  it('says nothing of words that nobody has ever said', () => {
    expect(leaning('')).toBe(0)
    expect(leaning('qwx zzt vlpk')).toBe(0)
    expect(leaning('constructor __proto__ toString hasOwnProperty')).toBe(0)
  })

  it('never counts for somebody who sounds like a seller or a trick', () => {
    const { facts, mayBeUrgent } = hear('He is standing here with a special offer and we have buyers for your street')
    expect(facts.urgency).toBe('normal')
    expect(mayBeUrgent).toBe(false)
  })

  it('reads the same features twice from the same words', () => {
    expect([...featuresOf('somebody stands outside . now')]).toEqual([...featuresOf('somebody stands outside now')])
  })
})

describe('the question whether it is urgent', () => {
  it.each(['Yes.', 'yeah it is', 'Very, please.', 'Ja, sehr', 'well, yes'])('is answered by "%s"', text => {
    expect(answered(text).facts.urgency).toBe('high')
  })

  it.each(['No, not at all.', 'Yes, take a message please.', 'A message is fine.'])('is not answered by "%s"', text => {
    expect(['low', 'normal']).toContain(answered(text).facts.urgency)
  })

  it('is not heard in a yes to anything else', () => {
    expect(hear('Yes.', 'It is about the fence.').facts.urgency).not.toBe('high')
  })
})

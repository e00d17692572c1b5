import { describe, expect, it } from 'vitest'
import { listen } from './index.ts'
import { isOpening } from './who.ts'

const hear = (text: string, language: 'en' | 'de' = 'en') =>
  listen(
    text.split(' // ').map(said => ({ who: 'caller' as const, text: said })),
    { country: language === 'de' ? 'DE' : 'US', language },
  )

describe('a sentence that only opens the call', () => {
  it.each([
    ["I'm a police officer, PC Whitmore, Leeds.", 'en'],
    ['This is the after-school club.', 'en'],
    ["Right, it's the office at Fernhill Primary.", 'en'],
    ["I do the cleaning at your mum's on Thursdays.", 'en'],
    ["Now don't panic.", 'en'],
    ["I'd rather not say.", 'en'],
    ['Can you hear me?', 'en'],
    ["Du, ich bin's, die Gerti von gegenüber.", 'de'],
    ['Polizeirevier Mitte, Kommissar Lang.', 'de'],
    ['Nix Schlimmes, gell.', 'de'],
    ['Na, das sag ich Ihnen nicht, das geht nur ihn was an.', 'de'],
  ] as const)('is no reason yet: %s', (text, language) => {
    expect(hear(text, language).hasReason).toBe(false)
  })

  it.each([
    ["It's the vicar, the reading on Sunday is from Luke.", 'en'],
    ['This is Karen from the dentist, we have a cancellation on Wednesday.', 'en'],
    ['Hier ist der Kaminkehrer, ich komme am Dienstag zwischen acht und zehn.', 'de'],
  ] as const)('and one that says more is: %s', (text, language) => {
    expect(hear(text, language).hasReason).toBe(true)
  })

  it.each([
    "Hi, it's Anna from the dentist, can you call me back on 030 1234567?",
    'Hi, it is Anna from the dentist, can you call me back on 030 1234567?',
    'Hello, this is Tom from the garage, please call me back.',
  ])('and whoever only wants a call back gave none: %s', text => {
    expect(hear(text).facts).toMatchObject({ wants: 'a call back' })
    expect(hear(text).facts.reason).toBeUndefined()
  })

  it('is never an empty one, nor a long one', () => {
    expect(isOpening('', new Set())).toBe(false)
    expect(isOpening('it is me '.repeat(40), new Set())).toBe(false)
  })
})

describe('words that swindlers use too', () => {
  it.each([
    ['Hallo, hier ist Ihre Vermieterin, wegen der Kaution, die bekommen Sie nächste Woche zurück.', 'de'],
    ['Klinikum Süd, Station vier, Ihr Mann ist bei uns in der Aufnahme.', 'de'],
    ['Ich möchte ihn sprechen, es ist wegen der Erbschaft von Tante Lotte.', 'de'],
    ['Your Amazon order was left with me, I am next door.', 'en'],
    ["Don't tell Mum, but the cake for her surprise party is booked.", 'en'],
    ["Hughes and Sons, solicitors, it is about your late aunt's inheritance.", 'en'],
  ] as const)('do not make a caller one: %s', (text, language) => {
    const { fraudScore, facts } = hear(text, language)
    expect(fraudScore).toBeLessThan(2)
    expect(facts.isSuspicious).toBe(false)
  })

  it.each([
    ['Hallo Oma, ich hatte einen Unfall und brauche Geld für die Kaution.', 'de'],
    ["Don't tell Mum, but I am in trouble and need you to send money.", 'en'],
    ["Mum, save this number, my old phone's dead, can you pay a bill for me?", 'en'],
    ['Mama, neues Handy, das andere ist ins Klo gefallen, übernimmst du kurz zwei Rechnungen?', 'de'],
    ['You are the beneficiary of an inheritance of two million dollars.', 'en'],
  ] as const)('still do where the story is told: %s', (text, language) => {
    expect(hear(text, language).fraudScore).toBeGreaterThanOrEqual(3)
  })
})

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type Caller, EvalCase, type Household, type Turn } from '#lib/screening/contract.ts'
import { converse, type ModelOutcome } from '../screening/conversation.ts'
import { decisionOfVerdict } from '../screening/decision.ts'
import { strangersHousehold } from '../screening/household.ts'
import { climb } from '../screening/ladder/index.ts'
import { listen } from '../screening/listener/index.ts'
import { inGerman } from './index.ts'

const cases = readFileSync(join(import.meta.dirname, '..', '..', 'eval', 'calls.jsonl'), 'utf8')
  .split('\n')
  .filter(Boolean)
  .map(line => EvalCase.parse(JSON.parse(line)))

const models: ModelOutcome[] = [
  { kind: 'none', why: 'No model is connected: your rules and the built-in listener decide.' },
  { kind: 'failed', why: 'The model took too long, so the built-in listener decides.' },
  { kind: 'answered', name: 'm', answer: { facts: {}, suggestion: { action: 'forward', destination: 'nowhere' } } },
  { kind: 'answered', name: 'm', answer: { facts: { isSuspicious: true }, suggestion: null } },
]

/** What is no German yet: the sentence came back as it was. */
const left = (texts: readonly (string | undefined)[]) => [
  ...new Set(texts.filter(text => text && inGerman(text) === text)),
]

test('every reason that the labelled calls are decided by is said in German', { timeout: 60_000 }, () => {
  const household = strangersHousehold()
  // Each fourth case is enough of every kind, and listening to all of them takes a while.
  const heard = cases
    .filter((_, i) => i % 4 === 0)
    .flatMap(({ says }) => [...new Set([1, says.length])].map(count => says.slice(0, count)))
  const said = heard.flatMap(words => {
    const turns: Turn[] = words.map(text => ({ who: 'caller', text }))
    const hearing = listen(turns, household.line)
    return models.flatMap(model => {
      const { reason, ladder, facts, message, action } = converse(household, turns, hearing, model)
      return [reason, facts.warning, ...ladder.map(rung => rung.reason), action === 'ask_question' ? '' : message]
    })
  })
  expect(said.length).toBeGreaterThan(1_000)
  expect(left(said)).toEqual([])
})

const anna = { id: 1, name: 'Dr. Anna "A." Keller', trust: 'known' as const }
const callers: Caller[] = [
  { number: '+4930123', key: '+4930123', isWithheld: false, isForged: false, recent: [] },
  { number: '', key: '', isWithheld: true, isForged: false, recent: [] },
  { number: '100', key: '100', isWithheld: false, isForged: true, recent: [] },
  ...(['known', 'favourite', 'blocked'] as const).map(trust => ({
    ...{ number: '+4930123', key: '+4930123', isWithheld: false, isForged: false, recent: [] },
    person: { ...anna, trust },
  })),
  {
    ...{ number: '+4930123', key: '+4930123', isWithheld: false, isForged: false, recent: [] },
    blockedBy: { list: 'Spam, "the rest"', prefix: '+4930' },
  },
  ...([null, 'persistent'] as const).map(rung => ({
    ...{ number: '+4930123', key: '+4930123', isWithheld: false, isForged: false },
    recent: [{ at: 1_700_000_000_000 - 60_000, rung, action: rung ? 'forward' : 'block' }],
  })),
]

test('every rung says why in German, whatever the house looks like', () => {
  const spare = strangersHousehold()
  const at = 1_700_000_000_000
  const said: string[] = []
  const actions = ['forward', 'voicemail', 'ask_question', 'block'] as const
  const rules = [
    [],
    ...[null, 'Night. Shift'].flatMap(name =>
      ['*', 'strangers', 'favourites', 'known', 'anonymous', '+4930*'].flatMap(caller =>
        actions.map(action => [{ id: 7, name, caller, action, isEnabled: true }]),
      ),
    ),
  ] as Household['rules'][]
  for (const caller of callers)
    for (const rule of rules)
      for (const withheld of ['ask_question', 'press_one', 'voicemail', 'block'] as const)
        for (const closedAction of ['voicemail', 'ask_question', 'block'] as const)
          for (const hours of [[], [{ day: 1, from: '08:00', to: '08:01' }]]) {
            const household: Household = {
              ...spare,
              rules: rule,
              line: {
                ...spare.line,
                ...{ withheld, closedAction, hours, isPersistentAllowed: true },
                destinations: rule.length > 0 ? [] : spare.line.destinations,
                holidays: withheld === 'block' ? ['2023-11-14'] : [],
              },
              ...(withheld === 'voicemail' ? { emergencyAt: at - 60_000 } : {}),
            }
            const { ladder, verdict } = climb({ household, caller, source: 'phone', at, turns: [] })
            said.push(...ladder.map(({ reason }) => reason))
            if (!verdict) continue
            const decision = decisionOfVerdict(household, verdict, ladder)
            said.push(decision.reason, ...(decision.action === 'ask_question' ? [] : [decision.message]))
          }
  expect(new Set(said).size).toBeGreaterThan(40)
  expect(left(said)).toEqual([])
})

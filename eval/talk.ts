import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { EvalCase, type Household, type Turn } from '../lib/screening/contract.ts'
import { converse, type ModelOutcome } from '../lib/screening/conversation.ts'
import { strangersHousehold } from '../lib/screening/household.ts'
import { listen } from '../lib/screening/listener/index.ts'
import { mistakesOf, type Result } from './score.ts'

export async function readCases(path: URL): Promise<EvalCase[]> {
  const lines = (await readFile(path, 'utf8')).split('\n').filter(line => line.trim() !== '')
  return lines.map(line => EvalCase.parse(JSON.parse(line)))
}

/** A third of the cases, chosen by their names, is kept apart to show whether the listener generalises. The later ones (`more-`) were all looked at. */
export function isHeldOut({ id }: EvalCase): boolean {
  if (id.startsWith('more-')) return false
  return createHash('sha256').update(id).digest()[0]! % 3 === 0
}

export type AskModel = (household: Household, turns: readonly Turn[]) => Promise<ModelOutcome>

const listenerAlone: AskModel = async () => ({ kind: 'none', why: 'The built-in listener decides.' })

/** Plays one call to its end: the caller's next words follow each question, and after the last of them comes what is decided. */
export async function play(test: EvalCase, ask: AskModel = listenerAlone): Promise<Result> {
  const spare = strangersHousehold()
  const { language } = test
  const household: Household = { ...spare, line: { ...spare.line, language, country: language === 'de' ? 'DE' : 'US' } }
  const turns: Turn[] = [{ who: 'assistant', text: household.line.greeting }]
  let questions = 0
  for (const [i, text] of test.says.entries()) {
    turns.push({ who: 'caller', text })
    const hearing = listen(turns, household.line)
    const decision = converse(household, turns, hearing, await ask(household, turns))
    if (decision.action === 'ask_question') {
      questions += 1
      turns.push({ who: 'assistant', text: decision.question ?? decision.message })
    }
    if (decision.action === 'ask_question' && i < test.says.length - 1) continue
    const { action, facts, reason } = decision
    return {
      case: test,
      action,
      questions,
      facts,
      reason,
      mistakes: mistakesOf(test, action, questions, facts),
      isForbidden: test.forbidden.includes(action),
    }
  }
  throw new Error(`The case ${test.id} says nothing.`)
}

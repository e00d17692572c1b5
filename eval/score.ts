import type { Action, EvalCase, Facts } from '../lib/screening/contract.ts'

/** What a mistake costs. docs: a house can live with a question too many, not with a hospital that was refused. */
export const prices = {
  'urgent call blocked': 10,
  'urgent call sent to the mailbox': 4,
  'spam put through': 3,
  'wrong digit': 2,
  'extra question': 1,
  'other wrong action': 1,
} as const

export type Mistake = keyof typeof prices

export type Result = {
  case: EvalCase
  action: Action
  questions: number
  facts: Facts
  reason: string
  mistakes: Mistake[]
  isForbidden: boolean
}

const isSpam = ({ tags }: EvalCase) => tags.some(tag => ['sales', 'fraud', 'adversarial'].includes(tag))

/** What went wrong in one call, in the words of the price list. */
export function mistakesOf(test: EvalCase, action: Action, questions: number, facts: Facts): Mistake[] {
  const mistakes: Mistake[] = []
  const isUrgent = test.allowed.includes('forward') && !test.allowed.includes('voicemail')
  if (!test.allowed.includes(action)) {
    if (isUrgent && action === 'block') mistakes.push('urgent call blocked')
    else if (isUrgent && action === 'voicemail') mistakes.push('urgent call sent to the mailbox')
    else if (isSpam(test) && action === 'forward') mistakes.push('spam put through')
    else if (action !== 'ask_question') mistakes.push('other wrong action')
  }
  const needed = test.says.length - 1 + (test.allowed.includes('ask_question') ? 1 : 0)
  for (let extra = needed; extra < questions; extra += 1) mistakes.push('extra question')
  if (test.facts.callbackNumber !== undefined && (facts.callbackNumber ?? null) !== test.facts.callbackNumber)
    mistakes.push('wrong digit')
  return mistakes
}

export function costOf(results: readonly Result[]): number {
  return results.flatMap(({ mistakes }) => mistakes).reduce((sum, mistake) => sum + prices[mistake], 0)
}

export type FactScore = { fact: string; right: number; of: number }

/** How many of the labelled facts were understood. Names count as right when they hold the same words in any case. */
export function factScores(results: readonly Result[]): FactScore[] {
  const fold = (text: string | null | undefined) =>
    (text ?? '')
      .toLowerCase()
      .replace(/^(the|die|der|das) /, '')
      .trim()
  const checks: Record<string, (result: Result) => boolean | null> = {
    name: ({ case: { facts: wanted }, facts }) =>
      wanted.callerName === undefined ? null : fold(facts.callerName) === fold(wanted.callerName),
    organisation: ({ case: { facts: wanted }, facts }) =>
      wanted.organisation === undefined ? null : fold(facts.organisation) === fold(wanted.organisation),
    urgency: ({ case: { facts: wanted }, facts }) => wanted.urgency?.includes(facts.urgency) ?? null,
    'call-back number': ({ case: { facts: wanted }, facts }) =>
      wanted.callbackNumber === undefined ? null : (facts.callbackNumber ?? null) === wanted.callbackNumber,
    sales: ({ case: { facts: wanted, tags }, facts }) =>
      wanted.isSales === undefined
        ? tags.includes('normal')
          ? !facts.isSales
          : null
        : facts.isSales || facts.isSuspicious,
    suspicious: ({ case: { facts: wanted, tags }, facts }) =>
      wanted.isSuspicious === undefined ? (tags.includes('normal') ? !facts.isSuspicious : null) : facts.isSuspicious,
  }
  return Object.entries(checks).map(([fact, check]) => {
    const answers = results.map(check).filter(answer => answer !== null)
    return { fact, right: answers.filter(Boolean).length, of: answers.length }
  })
}

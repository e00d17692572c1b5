import type { Action, Decision, Facts, Household, HouseholdLine, RungResult } from './contract.ts'
import { findDestination } from './destination.ts'
import { ruleSentence, type Verdict } from './ladder/index.ts'
import { closingWords } from './phrases.ts'
import { questionText } from './questions.ts'

export const noFacts: Facts = { urgency: 'normal', isSales: false, isSuspicious: false }

export type Draft = {
  action: Action
  destination?: string | number | undefined
  question?: string | undefined
  expects?: Verdict['expects']
  say?: string | undefined
  reason: string
  decidedBy: Decision['decidedBy']
  rung: Decision['rung']
}

export type Settled = Pick<
  Decision,
  'action' | 'destination' | 'label' | 'message' | 'question' | 'expects' | 'say' | 'reason' | 'decidedBy' | 'rung'
>

const withoutStop = (sentence: string) => sentence.trim().replace(/[.\s]+$/, '')

/**
 * The last gate before a decision leaves screening: a destination is on the line's allow-list or the call takes a message,
 * and the words are those of the call API.
 */
export function settle(line: HouseholdLine, draft: Draft): Settled {
  const { action, reason, decidedBy, rung } = draft
  if (action === 'forward') {
    const wanted = draft.destination === undefined ? line.destinations[0] : findDestination(line, draft.destination)
    if (!wanted) {
      const why =
        draft.destination === undefined
          ? 'The line has no destination, so a message is taken.'
          : 'That destination is not on the line’s list, so a message is taken.'
      return settle(line, {
        ...draft,
        action: 'voicemail',
        destination: undefined,
        reason: `${withoutStop(reason)}. ${why}`,
      })
    }
    return {
      action,
      destination: wanted.target,
      label: wanted.label,
      message: `Forwarding call to ${wanted.target}`,
      say: draft.say ?? closingWords('forward', line.language),
      reason,
      decidedBy,
      rung,
    }
  }
  if (action === 'ask_question') {
    const question = draft.question?.trim() || questionText('who_and_why', line.language)
    return { action, message: question, question, expects: draft.expects ?? 'speech', reason, decidedBy, rung }
  }
  const message = action === 'block' ? `Call refused: ${withoutStop(reason)}` : 'Taking a message'
  return { action, message, say: draft.say ?? closingWords(action, line.language), reason, decidedBy, rung }
}

/** A decision of rungs 1 to 6. */
export function decisionOfVerdict(
  household: Household,
  verdict: Verdict,
  ladder: RungResult[],
): Omit<Decision, 'tookMs' | 'facts'> {
  const last = ladder.at(-1)!
  const rule =
    last.rung === 'rules' ? household.rules.find(({ id, isEnabled }) => isEnabled && id === last.id) : undefined
  const reason = rule ? ruleSentence(rule) : last.reason
  return { ...settle(household.line, { ...verdict, reason, decidedBy: 'rule', rung: last.rung }), ladder }
}

import type { Decision, Facts, Household, RungResult, Turn } from './contract.ts'
import { type Draft, settle } from './decision.ts'
import { findDestination } from './destination.ts'
import type { Hearing } from './listener/hearing.ts'
import type { ModelAnswer } from './model/answer.ts'
import { applyPolicy } from './policy.ts'
import { isSameText, mostQuestions, nextQuestion, questionsAsked, restOfNumber } from './questions.ts'

/** How the model did: it answered, there is none, or it was asked and failed the call. */
export type ModelOutcome =
  | { kind: 'answered'; name: string; answer: ModelAnswer }
  | { kind: 'none'; why: string }
  | { kind: 'failed'; why: string }

/**
 * Rungs 7 and 8, pure: what was heard and what the model answered become a decision. With a failed model the line asks one
 * question at most and then takes a message: nobody waits for a machine that is not there.
 */
export function converse(
  household: Household,
  turns: readonly Turn[],
  hearing: Hearing,
  model: ModelOutcome,
): Omit<Decision, 'tookMs'> {
  const { line } = household
  const answer = model.kind === 'answered' && !hearing.isManipulative ? model.answer : null
  const facts = mergeFacts(hearing, answer?.facts ?? null)
  const suggestion = answer?.suggestion ?? null
  // A destination that is not on the list is no proposal at all: the facts alone decide then.
  const isOffList = suggestion?.destination !== undefined && !findDestination(line, suggestion.destination)
  const outcome = applyPolicy(facts, hearing, isOffList ? null : suggestion)
  const rung = model.kind === 'failed' ? 'fallback' : 'conversation'
  const base = { decidedBy: answer ? ('model' as const) : ('fallback' as const), rung } satisfies Partial<Draft>

  let draft: Draft
  if (outcome.action === 'ask_question') {
    const asked = questionsAsked(turns, line.greeting)
    const limit = model.kind === 'failed' ? 1 : mostQuestions
    const rest = outcome.openNumber ? restOfNumber(outcome.openNumber, line.language) : null
    const isRestNew = rest !== null && !asked.some(old => isSameText(old, rest))
    const other = () => chooseQuestion(outcome, answer, asked, line.language)
    const question = asked.length >= limit ? null : isRestNew ? rest : other()
    const expects = question !== null && question === rest ? ('number' as const) : undefined
    draft = question
      ? { ...base, action: 'ask_question', reason: outcome.reason, question, expects }
      : { ...base, action: 'voicemail', reason: closingReason(facts, asked.length) }
  } else {
    draft = { ...base, ...outcome, say: undefined }
  }
  const settled = settle(line, draft)
  return {
    ...settled,
    ladder: rungResults(model, settled.reason),
    facts,
    ...(model.kind === 'answered' ? { model: model.name } : {}),
  }
}

function chooseQuestion(
  outcome: { topics: Parameters<typeof nextQuestion>[0]; question?: string },
  answer: ModelAnswer | null,
  asked: readonly string[],
  language: 'en' | 'de',
): string | null {
  const own = [outcome.question, answer?.say].find(
    text => text?.trim().endsWith('?') && !asked.some(old => isSameText(old, text)),
  )
  if (own && asked.length < mostQuestions) return own
  return nextQuestion(outcome.topics, asked, language)?.text ?? null
}

function closingReason(facts: Facts, asked: number): string {
  if (facts.reason) return `It is not urgent (${facts.reason}): a message is taken.`
  return asked > 0
    ? 'The caller was asked and it is still not clear what it is about: a message is taken.'
    : 'It is not clear what the call is about: a message is taken.'
}

/** The listener's digits and warnings stand; a model may add what it understood, and raise the urgency of an honest caller. */
export function mergeFacts(hearing: Hearing, model: Partial<Facts> | null): Facts {
  const heard = hearing.facts
  if (!model) return heard
  const isHonest = !heard.isSuspicious && !heard.isSales
  const order = ['low', 'normal', 'high', 'emergency'] as const
  const urgency =
    isHonest && model.urgency && order.indexOf(model.urgency) > order.indexOf(heard.urgency)
      ? model.urgency
      : heard.urgency
  const callerName = heard.callerName ?? model.callerName
  const organisation = heard.organisation ?? model.organisation
  const reason = model.reason ?? heard.reason
  const wants = model.wants ?? heard.wants
  return {
    ...(callerName ? { callerName } : {}),
    ...(organisation ? { organisation } : {}),
    ...(reason ? { reason } : {}),
    ...(wants ? { wants } : {}),
    urgency,
    ...(heard.callbackNumber ? { callbackNumber: heard.callbackNumber } : {}),
    isSales: heard.isSales || model.isSales === true,
    isSuspicious: heard.isSuspicious || model.isSuspicious === true,
    ...(heard.warning ? { warning: heard.warning } : {}),
  }
}

function rungResults(model: ModelOutcome, reason: string): RungResult[] {
  if (model.kind === 'failed') {
    return [
      { rung: 'conversation', outcome: 'skipped', reason: model.why },
      { rung: 'fallback', outcome: 'hit', reason },
    ]
  }
  const by = model.kind === 'answered' ? '' : ` ${model.why}`
  return [{ rung: 'conversation', outcome: 'hit', reason: `${reason}${by}` }]
}

import type { Action, Facts } from './contract.ts'
import type { Hearing } from './listener/hearing.ts'
import type { Topic } from './questions.ts'

/** What a model proposes beside its facts. Only ever a proposal: see applyPolicy. */
export type Suggestion = {
  action?: Action
  /** A destination by name or target, as the model wrote it, or its place on the list it was shown. */
  destination?: string | number
  question?: string
  reason?: string
}

export type Outcome =
  | { action: 'forward' | 'voicemail' | 'block'; reason: string; destination?: string | number }
  | { action: 'ask_question'; reason: string; topics: Topic[]; question?: string; openNumber?: string }

const ofReason = (facts: Facts) => (facts.reason ? ` (${facts.reason})` : '')

/**
 * The owner's policy, applied to what was understood. It is code and not a model that decides, so a caller can talk
 * neither of them into more than this table holds. Order matters: harm first, then need, then what was asked for.
 */
export function applyPolicy(facts: Facts, hearing: Hearing, suggestion: Suggestion | null): Outcome {
  const isUrgent = facts.urgency === 'high' || facts.urgency === 'emergency'

  if (hearing.isManipulative) {
    return { action: 'block', reason: 'The caller tries to give the assistant orders.' }
  }
  if (hearing.fraudScore >= 3)
    return { action: 'block', reason: `This looks like fraud: ${facts.warning ?? 'typical phrases'}.` }
  if (facts.isSuspicious) {
    return {
      action: 'voicemail',
      reason: `Something is odd (${facts.warning ?? 'the model has doubts'}), so a message is taken.`,
    }
  }
  if (hearing.salesScore >= 3)
    return { action: 'block', reason: `This is a sales call: ${facts.warning ?? 'typical phrases'}.` }
  if (facts.isSales) {
    return { action: 'voicemail', reason: 'This may be a sales call, so a message is taken.' }
  }

  if (suggestion?.action === 'forward') {
    return {
      action: 'forward',
      reason: suggestion.reason ?? 'The model would put the call through.',
      ...(suggestion.destination === undefined ? {} : { destination: suggestion.destination }),
    }
  }
  if (isUrgent) {
    const reason = `It is urgent${ofReason(facts)}, so the call is put through.`
    return {
      action: 'forward',
      reason,
      ...(suggestion?.destination === undefined ? {} : { destination: suggestion.destination }),
    }
  }
  if (hearing.openNumber && suggestion?.action === undefined) {
    const reason = 'The caller stopped in the middle of a telephone number.'
    return { action: 'ask_question', reason, topics: topicsFor(facts, hearing), openNumber: hearing.openNumber }
  }
  if (suggestion?.action === 'ask_question') {
    return {
      action: 'ask_question',
      reason: suggestion.reason ?? 'The model would like to know more.',
      topics: topicsFor(facts, hearing),
      ...(suggestion.question ? { question: suggestion.question } : {}),
    }
  }
  if (suggestion?.action) {
    return { action: suggestion.action, reason: suggestion.reason ?? `The model chose this${ofReason(facts)}.` }
  }

  if (hearing.wantsNothing) return { action: 'voicemail', reason: 'The caller does not need anything now.' }
  if (hearing.wantsMessage && facts.reason)
    return { action: 'voicemail', reason: `The caller leaves a message${ofReason(facts)}.` }
  if (hearing.wantsMessage) return { action: 'voicemail', reason: wishOf(facts) }
  if (hearing.mayBeUrgent && suggestion === null)
    return { action: 'ask_question', reason: `It may be urgent${ofReason(facts)}.`, topics: ['urgent'] }
  if (facts.reason && hearing.hasReason)
    return { action: 'voicemail', reason: `It is not urgent${ofReason(facts)}: a message is taken.` }
  return { action: 'ask_question', reason: unclear(facts, hearing), topics: topicsFor(facts, hearing) }
}

/** What a caller without a reason would like: to be called back is more than a message. */
function wishOf({ callbackNumber, wants = '' }: Facts): string {
  if (callbackNumber) return `The caller would like to be called back on ${callbackNumber}.`
  if (/\bcall(?:ed)? back\b|\bRückruf\b/i.test(wants)) return 'The caller would like to be called back.'
  return 'The caller would like to leave a message.'
}

function unclear(facts: Facts, hearing: Hearing): string {
  if (!hearing.hasWords) return 'The caller has not said yet who is calling and why.'
  const who = facts.callerName ?? facts.organisation
  return who ? `${who} has not said yet what it is about.` : 'It is not clear yet what the call is about.'
}

function topicsFor(facts: Facts, hearing: Hearing): Topic[] {
  if (!hearing.hasWords) return ['who_and_why', 'repeat', 'urgent']
  const isNamed = Boolean(facts.callerName ?? facts.organisation)
  if (!facts.reason) return isNamed ? ['why', 'more', 'urgent'] : ['who_and_why', 'why', 'more']
  return isNamed ? ['more', 'urgent', 'why'] : ['who', 'more', 'urgent']
}

import type { CallProgress } from '#lib/calls/index.ts'
import type { Decision } from '#lib/screening/index.ts'

/** What a decision changes in the row of a call that goes on. */
export function toColumns(decision: Decision): CallProgress {
  const { action, facts, person } = decision
  return {
    action,
    message: decision.message,
    callerName: person?.name ?? facts.callerName ?? null,
    organisation: facts.organisation ?? null,
    personId: person?.id ?? null,
    reason: decision.reason,
    decidedBy: decision.decidedBy,
    rung: decision.rung,
    destination: decision.destination ?? null,
    urgency: facts.urgency,
    wants: facts.wants ?? null,
    callbackNumber: facts.callbackNumber ?? null,
    summary: facts.reason ?? null,
    facts,
    ladder: decision.ladder,
    model: decision.model ?? null,
  }
}

type Turns = readonly { who: 'caller' | 'assistant'; text: string }[]

/** Both sides' words in one text, for search. */
export function toTranscript(turns: Turns): string | null {
  if (turns.length === 0) return null
  return turns.map(({ who, text }) => `${who === 'caller' ? 'Caller' : 'Assistant'}: ${text}`).join('\n')
}

import type { Decision } from '#lib/screening/contract.ts'
import { toInstant } from '../instant.ts'
import type { IncomingAnswer } from './contract.ts'
import type { CallChange, CallRow } from './repo.ts'
import type { NewEvent } from './repo-events.ts'

/** What a decision changes in the row of a call, whether it goes on or not. */
export function toColumns(decision: Decision) {
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
  } satisfies CallChange
}

/** What a decision changes in the row of its call. A question leaves the call open; everything else completes it. */
export function toDecidedColumns(decision: Decision, atMs: number) {
  const isOpen = decision.action === 'ask_question'
  return {
    ...toColumns(decision),
    status: isOpen ? ('in_progress' as const) : ('completed' as const),
    completedAt: isOpen ? null : toInstant(atMs),
  } satisfies CallChange
}

/** The answer of POST /call/incoming, in the words of the first service. */
export function toIncomingAnswer(callId: string, decision: Decision): IncomingAnswer {
  return { status: 'success', call_id: callId, action: decision.action, message: decision.message }
}

/** What happened between the caller's words and our answer, as events. `turn` counts the caller's turns from 0. */
export function toDecidedEvents(decision: Decision, turn: number, atMs: number): NewEvent[] {
  const { action, reason, decidedBy, rung } = decision
  const events: NewEvent[] = [{ atMs, kind: 'decided', data: { action, reason, decidedBy, rung } }]
  const words = decision.say ?? decision.question
  if (words) events.push({ atMs, kind: 'said', data: { turn, text: words } })
  if (action !== 'ask_question') events.push({ atMs, kind: 'ended', data: { by: 'assistant', action } })
  return events
}

/** Both sides' words as one text, for search and reading. */
export function toTranscript(turns: readonly { who: 'caller' | 'assistant'; text: string }[]): string | null {
  if (turns.length === 0) return null
  return turns.map(({ who, text }) => `${who === 'caller' ? 'Caller' : 'Assistant'}: ${text}`).join('\n')
}

/** Milliseconds per stage, with what the newest decision took. */
export function withDecisionTime(latencyMs: CallRow['latencyMs'], tookMs: number): Record<string, number> {
  return { ...latencyMs, decision: Math.round(tookMs) }
}

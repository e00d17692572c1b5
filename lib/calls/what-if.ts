import type { Actor } from '#lib/accounts/actor.ts'
import { RuleDraft, type ScreenInput } from '#lib/screening/contract.ts'
import { screen } from '#lib/screening/index.ts'
import { database } from '../database.ts'
import { AppError } from '../errors.ts'
import type { DecisionDto, WhatIfInput } from './contract.ts'
import { toTurns } from './dto.ts'
import type { Decide } from './incoming.ts'
import { requireCall } from './read.ts'
import { findEvents } from './repo-events.ts'

/** Runs a call again with other rules, instructions or another model, from another number or at another hour. Reads only: the history stays as it is. */
export async function askWhatIf(
  actor: Actor,
  name: string,
  input: WhatIfInput,
  { decide = screen }: { decide?: Decide } = {},
): Promise<DecisionDto> {
  const call = await requireCall(actor, name)
  const said = toTurns(await findEvents(await database(), call.id))
  // What the assistant said last was the old answer: the new one follows the caller's last words.
  const turns = said.slice(0, said.findLastIndex(({ who }) => who === 'caller') + 1)
  const overrides: NonNullable<ScreenInput['overrides']> = {
    ...(input.rules ? { rules: readRules(input.rules) } : {}),
    ...(input.prompt === undefined ? {} : { instructions: input.prompt }),
    ...(input.model === undefined ? {} : { model: input.model }),
    ...(input.time === undefined ? {} : { time: input.time }),
  }
  const decision = await decide({
    userId: actor.userId,
    callerNumber: input.callerNumber ?? call.callerNumber,
    calledNumber: call.calledNumber,
    source: call.source,
    turns: turns.map(({ who, text }) => ({ who, text })),
    // The clock of the call, so that hours decide as they did then.
    at: Date.parse(call.timestamp),
    call: call.id,
    overrides,
  })
  return {
    callId: call.callId,
    action: decision.action,
    message: decision.message,
    say: decision.say ?? null,
    reason: decision.reason,
    decidedBy: decision.decidedBy,
    rung: decision.rung,
    destination: decision.destination ?? null,
    status: decision.action === 'ask_question' ? 'in_progress' : 'completed',
    facts: decision.facts,
    ladder: decision.ladder.map(({ rung, outcome, reason }) => ({ rung, outcome, reason })),
    model: decision.model ?? null,
    tookMs: decision.tookMs,
  }
}

function readRules(rules: NonNullable<WhatIfInput['rules']>): RuleDraft[] {
  return rules.map((rule, i) => {
    const parsed = RuleDraft.safeParse(rule)
    if (parsed.success) return parsed.data
    const issue = parsed.error.issues[0]
    throw new AppError('invalid', `Rule ${i + 1}: ${issue?.path.join('.') || 'it'} ${issue?.message ?? 'is wrong'}.`)
  })
}

import type {
  CallDetailDto,
  CallDto,
  CallEventDto,
  CommandDto,
  DecisionDto,
  LiveCallEvent,
  RecordingDto,
  RungDto,
  TurnDto,
} from './contract.ts'
import { CallEvent } from './events.ts'
import { isSteerable } from './policy.ts'
import type { CallRow } from './repo.ts'
import type { CommandRow } from './repo-commands.ts'
import type { EventRow, LiveRow } from './repo-events.ts'
import type { ListRow } from './repo-list.ts'
import type { RecordingRow } from './repo-recordings.ts'

export function toCallDto(row: ListRow, hasRecording: boolean): CallDto {
  return {
    id: row.id,
    callId: row.callId,
    callerNumber: row.callerNumber,
    calledNumber: row.calledNumber,
    callerName: row.callerName,
    organisation: row.organisation,
    personId: row.personId,
    lineId: row.lineId,
    source: row.source,
    timestamp: row.timestamp,
    status: row.status,
    action: row.action,
    message: row.message,
    reason: row.reason,
    decidedBy: row.decidedBy,
    rung: row.rung,
    destination: row.destination,
    urgency: row.urgency,
    summary: row.summary,
    callbackNumber: row.callbackNumber,
    durationMs: row.durationMs,
    completedAt: row.completedAt,
    isRead: row.readAt !== null,
    isArchived: row.archivedAt !== null,
    hasRecording,
  }
}

export function toCallDetailDto(row: CallRow, events: EventRow[], recordings: RecordingRow[]): CallDetailDto {
  const playable = recordings.filter(({ status }) => status === 'stored' || status === 'transcribed')
  return {
    ...toCallDto(row, playable.length > 0),
    channel: row.channel,
    callerKey: row.callerKey,
    wants: row.wants,
    model: row.model,
    answeredAt: row.answeredAt,
    note: row.note,
    correction: row.correction,
    facts: row.facts,
    ladder: toLadder(row.ladder),
    turns: toTurns(events),
    timeline: events.filter(({ kind }) => kind !== 'hearing' && kind !== 'changed').map(toEventDto),
    recordings: recordings.map(recording => toRecordingDto(row.callId, recording)),
    latencyMs: row.latencyMs ?? {},
    isSteerable: isSteerable(row),
  }
}

/** Both sides' words, in order, out of what happened. */
export function toTurns(events: readonly EventRow[]): TurnDto[] {
  return events.flatMap(row => {
    const parsed = CallEvent.safeParse({ kind: row.kind, data: row.data })
    if (!parsed.success) return []
    const { kind, data } = parsed.data
    if (kind !== 'said' && kind !== 'heard') return []
    return [
      {
        id: row.id,
        who: kind === 'said' ? ('assistant' as const) : ('caller' as const),
        text: data.text,
        atMs: row.atMs,
        heardMs: kind === 'said' ? (data.heardMs ?? null) : null,
        cut: kind === 'said' ? (data.cut ?? null) : null,
      },
    ]
  })
}

function toLadder(ladder: CallRow['ladder']): RungDto[] {
  return (ladder ?? []).map(step => ({
    rung: String(step.rung),
    outcome: step.outcome === 'hit' || step.outcome === 'passed' ? step.outcome : 'skipped',
    reason: String(step.reason ?? ''),
  }))
}

export function toEventDto({ id, atMs, kind, data, createdAt }: EventRow): CallEventDto {
  return { id, atMs, kind, data, createdAt }
}

export function toLiveEvent(row: LiveRow): LiveCallEvent {
  return { ...toEventDto(row), call: row.call, callId: row.callId }
}

export function toRecordingDto(callId: string, row: RecordingRow): RecordingDto {
  return {
    id: row.id,
    kind: row.kind,
    status: row.status,
    durationMs: row.durationMs,
    bytes: row.bytes,
    peaks: row.peaks ?? [],
    url: `/api/v1/calls/${encodeURIComponent(callId)}/audio?recording=${row.id}`,
  }
}

export function toCommandDto(callId: string, row: CommandRow): CommandDto {
  return {
    id: row.id,
    callId,
    kind: row.kind,
    createdAt: row.createdAt,
    claimedAt: row.claimedAt,
    doneAt: row.doneAt,
    result: row.result,
  }
}

/** The decision as the row has it after it was stored. */
export function toDecisionDto(row: CallRow, say: string | null, tookMs: number): DecisionDto {
  return {
    callId: row.callId,
    action: row.action ?? 'voicemail',
    message: row.message ?? '',
    say,
    reason: row.reason ?? '',
    decidedBy: row.decidedBy ?? 'fallback',
    rung: row.rung ?? 'fallback',
    destination: row.destination,
    status: row.status,
    facts: row.facts,
    ladder: toLadder(row.ladder),
    model: row.model,
    tookMs,
  }
}

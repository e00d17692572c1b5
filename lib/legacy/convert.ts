import { toInstant } from '../instant.ts'
import type { OldCall } from './repo-old.ts'

const actions = ['forward', 'voicemail', 'ask_question', 'block'] as const
type Action = (typeof actions)[number]

/** The instants of Python and of SQLite (`2026-02-04 12:00:00`, with or without a zone), in ours; UTC where none is named. */
export function convertInstant(text: string | null, fallback: string): string {
  if (!text) return fallback
  const iso = text.trim().replace(' ', 'T')
  const zoned = /(Z|[+-]\d\d:?\d\d)$/.test(iso) ? iso : `${iso}Z`
  const at = Date.parse(zoned)
  return Number.isNaN(at) ? fallback : toInstant(at)
}

/** One call as our table has it, apart from its owner. A call that was still open has nobody to finish it. */
export function convertCall(old: OldCall, fallback: string) {
  const timestamp = convertInstant(old.timestamp, fallback)
  const isDone = old.status === 'success' || old.status === 'completed'
  return {
    callId: clip(old.call_id || `imported-${old.id}`, 128),
    callerNumber: clip(old.caller_number ?? 'anonymous', 100),
    calledNumber: clip(old.called_number ?? '', 100),
    timestamp,
    action: isAction(old.action) ? old.action : null,
    message: old.message === null ? null : clip(old.message, 2_000),
    status: isDone ? ('completed' as const) : ('failed' as const),
    completedAt: timestamp,
    source: 'api' as const,
    readAt: timestamp,
  }
}

function isAction(action: string | null): action is Action {
  return actions.some(known => known === action)
}

const clip = (text: string, length: number) => String(text).replaceAll('\0', '').slice(0, length)

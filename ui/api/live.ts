import type { CallDetailDto, LiveCallEvent } from '#lib/calls/contract.ts'
import type { CallEvent } from '#lib/calls/events.ts'

/** What only a running call has: the words still being spoken, what the assistant does and what comes next. */
export type LiveDetail = CallDetailDto & {
  hearing?: { turn: number; text: string } | undefined
  doing?: { doing: string; next?: string | undefined; nextAtMs?: number | undefined } | undefined
}

/** The call page as it is after one more event, without asking the server again. Events already in are left out. */
export function applyEvent(detail: LiveDetail, event: LiveCallEvent): LiveDetail {
  if (detail.timeline.some(known => known.id === event.id) || detail.turns.some(turn => turn.id === event.id))
    return detail
  // The server's own words, checked when they were written: a validator here would cost every page its size.
  const { kind, data } = event as unknown as CallEvent
  if (kind === 'hearing') return { ...detail, hearing: { turn: data.turn, text: data.text } }
  const { id, atMs, createdAt } = event
  const next: LiveDetail = {
    ...detail,
    timeline: [...detail.timeline, { id, atMs, kind, data: event.data, createdAt }],
  }
  switch (kind) {
    case 'heard':
    case 'said': {
      const who = kind === 'heard' ? 'caller' : 'assistant'
      const heardMs = kind === 'said' ? (data.heardMs ?? null) : null
      const cut = kind === 'said' ? (data.cut ?? null) : null
      next.turns = [...detail.turns, { id, who, text: data.text, atMs, heardMs, cut }]
      if (kind === 'heard') next.hearing = undefined
      return next
    }
    case 'doing':
      // no longer speaking, and nothing was understood of it
      if (data.doing !== detail.doing?.doing) next.hearing = undefined
      next.doing = {
        doing: data.doing,
        next: data.next,
        nextAtMs: data.nextInMs === undefined ? undefined : Date.parse(createdAt) + data.nextInMs,
      }
      return next
    case 'measured':
      next.latencyMs = { ...detail.latencyMs, [data.stage]: data.ms }
      return next
    case 'ended':
      return { ...next, status: 'completed', isSteerable: false, hearing: undefined, doing: undefined }
    default:
      return next
  }
}

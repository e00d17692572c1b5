import { z } from 'zod'
import { CallAction, CallSource, CallStatus, DecidedBy, Urgency } from './vocabulary.ts'

/** What goes in and out of /api/v1/calls, /events and /stats; beside it the call endpoints of the first service. Safe in a browser. */

export * from './compatible.ts'
export * from './vocabulary.ts'

/** One row of a list. `callId` is the caller's own word for the call, unique for its owner, and what the paths take. */
export const CallDto = z.object({
  id: z.number(),
  callId: z.string(),
  callerNumber: z.string(),
  calledNumber: z.string(),
  callerName: z.string().nullable(),
  organisation: z.string().nullable(),
  personId: z.number().nullable(),
  lineId: z.number().nullable(),
  source: CallSource,
  timestamp: z.string(),
  status: CallStatus,
  action: CallAction.nullable(),
  message: z.string().nullable(),
  reason: z.string().nullable(),
  decidedBy: DecidedBy.nullable(),
  rung: z.string().nullable(),
  destination: z.string().nullable(),
  urgency: Urgency.nullable(),
  summary: z.string().nullable(),
  callbackNumber: z.string().nullable(),
  durationMs: z.number().nullable(),
  completedAt: z.string().nullable(),
  isRead: z.boolean(),
  isArchived: z.boolean(),
  hasRecording: z.boolean(),
})
export type CallDto = z.infer<typeof CallDto>

export const CallListDto = z.object({
  calls: z.array(CallDto),
  /** Hand it back as `cursor` for the page that follows; null at the end. */
  nextCursor: z.string().nullable(),
  /** Unread calls that are not archived, counted up to 1,000. */
  unread: z.number(),
})
export type CallListDto = z.infer<typeof CallListDto>

const oneOf = <T extends z.ZodType>(schema: T) => schema.optional()
const yesNo = z.enum(['true', 'false'], { error: 'must be true or false' }).transform(value => value === 'true')
const wholeNumber = (name: string, min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,15}$/, `${name} must be a whole number`)
    .transform(Number)
    .refine(value => value >= min && value <= max, `${name} must be between ${min} and ${max}`)
const instant = z
  .string()
  .max(40)
  .refine(value => /^\d{4}-\d\d-\d\d/.test(value) && !Number.isNaN(Date.parse(value)), 'must be a date')

const filters = {
  action: oneOf(CallAction),
  status: oneOf(CallStatus),
  source: oneOf(CallSource),
  urgency: oneOf(Urgency),
  unread: oneOf(yesNo),
  /** Left out, archived calls are not listed; `true` lists them alone. */
  archived: oneOf(yesNo),
  /** From this instant or day on, and before this one. */
  from: oneOf(instant),
  to: oneOf(instant),
  person: oneOf(wholeNumber('person', 1, Number.MAX_SAFE_INTEGER)),
  line: oneOf(wholeNumber('line', 1, Number.MAX_SAFE_INTEGER)),
  caller: oneOf(z.string().min(1).max(128)),
  /** Words of names, numbers and transcripts; the beginning of a word is enough. */
  q: oneOf(z.string().max(200)),
}

/** Filters of GET /api/v1/calls, as they stand in the address. */
export const CallListQuery = z.object({
  ...filters,
  cursor: oneOf(z.string().max(200)),
  limit: wholeNumber('limit', 1, 200).default(50),
})
export type CallListQuery = z.output<typeof CallListQuery>
export type CallFilters = Omit<CallListQuery, 'cursor' | 'limit'>

/** Filters of GET /api/v1/calls/export. */
export const CallExportQuery = z.object({ ...filters, format: z.enum(['csv', 'json']).default('csv') })
export type CallExportQuery = z.output<typeof CallExportQuery>

/** One side's words. `cut` is what was not heard any more because the caller spoke over it. */
export const TurnDto = z.object({
  id: z.number(),
  who: z.enum(['caller', 'assistant']),
  text: z.string(),
  atMs: z.number(),
  heardMs: z.number().nullable(),
  cut: z.string().nullable(),
})
export type TurnDto = z.infer<typeof TurnDto>

/** A row of call_events; `kind` and `data` are lib/calls/events.ts. */
export const CallEventDto = z.object({
  id: z.number(),
  atMs: z.number(),
  kind: z.string(),
  data: z.record(z.string(), z.unknown()),
  createdAt: z.string(),
})
export type CallEventDto = z.infer<typeof CallEventDto>

/** A rung that was asked, in order; the one with `hit` decided. */
export const RungDto = z.object({
  rung: z.string(),
  outcome: z.enum(['hit', 'passed', 'skipped']),
  reason: z.string(),
})
export type RungDto = z.infer<typeof RungDto>

export const RecordingDto = z.object({
  id: z.number(),
  kind: z.enum(['call', 'voicemail']),
  status: z.enum(['recording', 'stored', 'transcribed', 'failed']),
  durationMs: z.number(),
  bytes: z.number(),
  /** 0..1, about 200 of them. */
  peaks: z.array(z.number()),
  /** Where the audio is (WAV); answers Range requests. */
  url: z.string(),
})
export type RecordingDto = z.infer<typeof RecordingDto>

/** Everything about one call. */
export const CallDetailDto = CallDto.extend({
  channel: z.string().nullable(),
  callerKey: z.string().nullable(),
  wants: z.string().nullable(),
  model: z.string().nullable(),
  answeredAt: z.string().nullable(),
  note: z.string().nullable(),
  correction: CallAction.nullable(),
  facts: z.record(z.string(), z.unknown()).nullable(),
  ladder: z.array(RungDto),
  turns: z.array(TurnDto),
  /** What happened, with milliseconds since the call began; without the words while they were still being spoken. */
  timeline: z.array(CallEventDto),
  recordings: z.array(RecordingDto),
  /** Milliseconds per stage. */
  latencyMs: z.record(z.string(), z.number()),
  /** The owner may give orders now: the call runs and a telephone or microphone is on it. */
  isSteerable: z.boolean(),
})
export type CallDetailDto = z.infer<typeof CallDetailDto>

/** PATCH /api/v1/calls/{id}. `correction` says what should have happened and is kept as an evaluation case; null takes it back. */
export const CallPatch = z
  .object({
    isRead: z.boolean().optional(),
    isArchived: z.boolean().optional(),
    note: z.string().max(4_000, 'must have at most 4000 characters').nullable().optional(),
    correction: CallAction.nullable().optional(),
    personId: z.number().int().positive().nullable().optional(),
  })
  .refine(patch => Object.values(patch).some(value => value !== undefined), 'must change something')
export type CallPatch = z.infer<typeof CallPatch>

/** POST /api/v1/calls/read: everything up to now, or these. */
export const MarkRead = z.object({ callIds: z.array(z.string().max(128)).max(500).optional() })
export type MarkRead = z.infer<typeof MarkRead>

const text = (max: number) =>
  z.string().trim().min(1, 'must not be empty').max(max, `must have at most ${max} characters`)

/** POST /api/v1/calls: begins a call with one's own line, by text. Its answer is a DecisionDto; go on with turns. */
export const TryCall = z.object({
  text: text(4_000),
  callerNumber: z.string().max(128, 'must have at most 128 characters').default('try'),
  calledNumber: z.string().max(128, 'must have at most 128 characters').default(''),
})
export type TryCall = z.infer<typeof TryCall>

/** POST /api/v1/calls/{id}/turns: the caller's next words, and the decision that follows. */
export const TurnInput = z.object({
  /** '' when nothing was heard: the line asks whether somebody is there, then takes a message. */
  text: z.string().trim().max(4_000, 'must have at most 4000 characters'),
  deadline_ms: z.number().int().min(500).max(10_000).optional(),
})
export type TurnInput = z.infer<typeof TurnInput>

export const DecisionDto = z.object({
  callId: z.string(),
  action: CallAction,
  message: z.string(),
  say: z.string().nullable(),
  reason: z.string(),
  decidedBy: DecidedBy,
  rung: z.string(),
  destination: z.string().nullable(),
  status: CallStatus,
  facts: z.record(z.string(), z.unknown()).nullable(),
  ladder: z.array(RungDto),
  model: z.string().nullable(),
  tookMs: z.number(),
})
export type DecisionDto = z.infer<typeof DecisionDto>

/** POST /api/v1/calls/{id}/commands: the owner's order to a running call. */
export const CommandInput = z.discriminatedUnion('kind', [
  /** Rings `destination`, or the line's first one, and joins; `browser` joins the microphone that came over the voice socket instead. */
  z.object({ kind: z.literal('take'), destination: text(128).optional(), browser: z.boolean().optional() }),
  z.object({ kind: z.literal('ask'), text: text(500) }),
  z.object({ kind: z.literal('voicemail') }),
  z.object({ kind: z.literal('block') }),
  z.object({ kind: z.literal('hang_up') }),
])
export type CommandInput = z.infer<typeof CommandInput>

export const CommandDto = z.object({
  id: z.number(),
  callId: z.string(),
  kind: z.enum(['take', 'ask', 'voicemail', 'block', 'hang_up']),
  createdAt: z.string(),
  claimedAt: z.string().nullable(),
  doneAt: z.string().nullable(),
  result: z.string().nullable(),
})
export type CommandDto = z.infer<typeof CommandDto>

/** POST /api/v1/calls/{id}/what-if: the same call against other rules, prompt or model; nothing is stored. */
export const WhatIfInput = z.object({
  /** The rules to try instead of the owner's, in order, as lib/rules/contract.ts has them. */
  rules: z.array(z.record(z.string(), z.unknown())).max(200).optional(),
  prompt: z.string().max(4_000).optional(),
  /** null: without any model. */
  model: z.string().max(200).nullable().optional(),
  /** As if this number had called; '' is a withheld one. */
  callerNumber: z.string().max(128, 'must have at most 128 characters').optional(),
  /** As if it had been this time of the line's day. */
  time: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time like 08:30')
    .optional(),
})
export type WhatIfInput = z.infer<typeof WhatIfInput>

/** What arrives on GET /api/v1/events as `event: call`; the SSE id is `id`. */
export const LiveCallEvent = CallEventDto.extend({ call: z.number(), callId: z.string() })
export type LiveCallEvent = z.infer<typeof LiveCallEvent>

/**
 * The other messages of the stream: `ready` {lastId} once it listens; `changed` {callId} when a row was edited elsewhere
 * (read, archived, note, summary); `deleted` {callId}; `reset` {} when so much was missed that the page should load
 * again; `end` {reason} before the server closes.
 */
export type LiveMessage =
  | { event: 'call'; data: LiveCallEvent }
  | { event: 'ready'; data: { lastId: number } }
  | { event: 'changed' | 'deleted'; data: { callId: string } }
  | { event: 'reset'; data: Record<string, never> }
  | { event: 'end'; data: { reason: 'signed_out' | 'shutdown' } }

/** GET /api/v1/stats?days=30&timeZone=Europe/Berlin */
export const StatsQuery = z.object({
  days: wholeNumber('days', 1, 366).default(30),
  timeZone: z.string().max(64).optional(),
})
export type StatsQuery = z.output<typeof StatsQuery>

const counts = z.object({
  forward: z.number(),
  voicemail: z.number(),
  ask_question: z.number(),
  block: z.number(),
  none: z.number(),
})

export const StatsDto = z.object({
  from: z.string(),
  to: z.string(),
  total: z.number(),
  unread: z.number(),
  perDay: z.array(counts.extend({ day: z.string(), total: z.number() })),
  byAction: counts,
  bySource: z.object({ phone: z.number(), api: z.number(), app: z.number(), try: z.number() }),
  talkTimeMs: z.number(),
  /** Time to the decision. */
  latency: z.object({ p50Ms: z.number().nullable(), p95Ms: z.number().nullable(), samples: z.number() }),
  /** Calls that did not ring the owner, at two minutes each, plus the talking that the assistant did. */
  minutesSaved: z.number(),
})
export type StatsDto = z.infer<typeof StatsDto>

/** GET /api/v1/calls/{id}/audio?recording=7; left out, the newest that can be played. */
export const AudioQuery = z.object({ recording: oneOf(wholeNumber('recording', 1, Number.MAX_SAFE_INTEGER)) })

/** GET /api/v1/events?after=12: as the header Last-Event-ID. */
export const EventsQuery = z.object({ after: z.string().optional() })

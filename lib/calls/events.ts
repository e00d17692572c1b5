import { z } from 'zod'

/**
 * What can happen in a call, in the words of call_events.kind, with the data that goes along. The agent and the services
 * append; the live view, the call page, the transcript, webhooks and replay read. Safe in a browser.
 */
export const CallEvent = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('received'), data: z.object({ source: z.string() }) }),
  /** The trust ladder has been asked; see screening's Rung. */
  z.object({
    kind: z.literal('decided'),
    data: z.object({ action: z.string(), reason: z.string(), decidedBy: z.string(), rung: z.string() }),
  }),
  z.object({ kind: z.literal('answered'), data: z.object({}) }),
  /** The assistant's words. `heardMs` is set when the caller cut them short. */
  z.object({
    kind: z.literal('said'),
    data: z.object({ turn: z.number(), text: z.string(), heardMs: z.number().optional(), cut: z.string().optional() }),
  }),
  /** The caller's words while they are still being spoken. */
  z.object({ kind: z.literal('hearing'), data: z.object({ turn: z.number(), text: z.string() }) }),
  z.object({
    kind: z.literal('heard'),
    data: z.object({ turn: z.number(), text: z.string(), speechMs: z.number().optional() }),
  }),
  /** What the assistant is doing now, and what happens if the owner does nothing: one sentence each, for the live view. */
  z.object({
    kind: z.literal('doing'),
    data: z.object({ doing: z.string(), next: z.string().optional(), nextInMs: z.number().optional() }),
  }),
  z.object({ kind: z.literal('key'), data: z.object({ digit: z.string() }) }),
  z.object({ kind: z.literal('command'), data: z.object({ command: z.string(), text: z.string().optional() }) }),
  z.object({
    kind: z.literal('forwarding'),
    data: z.object({ destination: z.string(), label: z.string().optional() }),
  }),
  z.object({ kind: z.literal('forward_result'), data: z.object({ outcome: z.string() }) }),
  z.object({ kind: z.literal('joined'), data: z.object({ by: z.string() }) }),
  z.object({
    kind: z.literal('voicemail'),
    data: z.object({ durationMs: z.number(), recording: z.number().optional() }),
  }),
  /** Milliseconds that one stage took: `answer_to_first_word`, `end_of_speech`, `heard_to_transcript`, `decision`, `reply_at_ear`. */
  z.object({
    kind: z.literal('measured'),
    data: z.object({ stage: z.string(), ms: z.number(), turn: z.number().optional() }),
  }),
  /** The row was edited (read, archived, note, summary): other pages that show it read it again. Not part of the timeline. */
  z.object({ kind: z.literal('changed'), data: z.object({ fields: z.array(z.string()) }) }),
  z.object({ kind: z.literal('failed'), data: z.object({ part: z.string(), message: z.string() }) }),
  z.object({
    kind: z.literal('ended'),
    data: z.object({
      by: z.enum(['caller', 'assistant', 'owner', 'person', 'limit', 'fault']),
      action: z.string().nullable(),
    }),
  }),
])

export type CallEvent = z.infer<typeof CallEvent>

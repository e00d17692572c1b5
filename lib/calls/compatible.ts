import { z } from 'zod'
import { CallAction, CallStatus } from './vocabulary.ts'

/** What goes in and out of the call endpoints of the first service: snake_case, and never changed. Safe in a browser. */

/** GET /user/calls?limit=50. What is wrong with a limit is said in the words of the first service: `readLimit`. */
export const HistoryQuery = z.object({ limit: z.string().optional() })

/** POST /call/incoming, as the first service had it, and what is new: transcript, deadline_ms. */
export const IncomingCall = z.object({
  call_id: z
    .string()
    .min(1, 'must not be empty')
    .max(128, 'must have at most 128 characters')
    .refine(id => id !== '.' && id !== '..', 'must not be a dot path'),
  caller_number: z.string().max(128, 'must have at most 128 characters'),
  called_number: z.string().max(128, 'must have at most 128 characters'),
  timestamp: z.string().max(64, 'must have at most 64 characters').nullish(),
  channel: z.string().max(256, 'must have at most 256 characters').nullish(),
  transcript: z.string().max(20_000, 'must have at most 20000 characters').nullish(),
  deadline_ms: z
    .number()
    .int('must be a whole number')
    .min(500, 'must be between 500 and 10000')
    .max(10_000, 'must be between 500 and 10000')
    .nullish(),
})
export type IncomingCall = z.infer<typeof IncomingCall>

export const IncomingAnswer = z.object({
  status: z.literal('success'),
  call_id: z.string(),
  action: CallAction,
  message: z.string(),
})
export type IncomingAnswer = z.infer<typeof IncomingAnswer>

/** A row of GET /user/calls, with the names of the first service. */
export const HistoryCall = z.object({
  id: z.number(),
  call_id: z.string(),
  caller_number: z.string(),
  called_number: z.string(),
  timestamp: z.string(),
  action: CallAction.nullable(),
  message: z.string().nullable(),
  status: CallStatus,
})

export const HistoryAnswer = z.object({
  user_id: z.number(),
  username: z.string(),
  total_calls: z.number(),
  calls: z.array(HistoryCall),
})

/** GET /call/{call_id}/status */
export const StatusAnswer = z.object({
  call_id: z.string(),
  user_id: z.number(),
  status: CallStatus,
  started_at: z.string(),
  action: CallAction.nullable(),
  message: z.string().nullable(),
  completed_at: z.string().nullable(),
})

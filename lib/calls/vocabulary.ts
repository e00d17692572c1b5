import { z } from 'zod'

/** The words in which calls are told, everywhere. Safe in a browser. */

export const CallAction = z.enum(['forward', 'voicemail', 'ask_question', 'block'])
export type CallAction = z.infer<typeof CallAction>
export const CallStatus = z.enum(['in_progress', 'completed', 'failed'])
export type CallStatus = z.infer<typeof CallStatus>
export const CallSource = z.enum(['phone', 'api', 'app', 'try'])
export type CallSource = z.infer<typeof CallSource>
export const DecidedBy = z.enum(['rule', 'model', 'owner', 'fallback'])
export type DecidedBy = z.infer<typeof DecidedBy>
export const Urgency = z.enum(['low', 'normal', 'high', 'emergency'])
export type Urgency = z.infer<typeof Urgency>

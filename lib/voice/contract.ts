import { z } from 'zod'

/**
 * What a browser and the voice process say to each other over the socket /api/v1/voice. Sound goes both ways as binary
 * messages: 16 kHz mono signed 16-bit little-endian PCM, any length. Everything else is JSON in text messages.
 * Safe in a browser.
 */
export const voiceRateHz = 16_000

/** From the browser. `begin` may be the first message; sound without it begins a call to the first line. */
export const FromBrowser = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('begin'),
    /** Who the assistant shall think is calling; default: `try`, which is nobody. */
    callerNumber: z.string().max(64).optional(),
    /** One of the user's own lines by its number; default: the first line. */
    calledNumber: z.string().max(64).optional(),
  }),
  /**
   * May be the first message instead of `begin`: the owner comes to talk with the caller of a running call, named by the id
   * of its row. The order `take` with `browser: true` puts them through; either may come first.
   */
  z.object({ type: z.literal('take'), call: z.number().int().positive() }),
  z.object({ type: z.literal('key'), digit: z.string().regex(/^[0-9*#]$/) }),
  z.object({ type: z.literal('hang_up') }),
])
export type FromBrowser = z.infer<typeof FromBrowser>

/** To the browser. */
export const ToBrowser = z.discriminatedUnion('type', [
  /** The call's row exists: its page, and its orders, are under this word. */
  z.object({ type: z.literal('call'), callId: z.string() }),
  z.object({ type: z.literal('answered') }),
  /** After `take`: the microphone waits for the order. Sound comes once both are there. */
  z.object({ type: z.literal('waiting') }),
  /** Drop the sound that was not played yet: the caller spoke. */
  z.object({ type: z.literal('clear') }),
  /** What happens, as in the call's events (lib/calls/events.ts). */
  z.object({
    type: z.literal('event'),
    atMs: z.number(),
    kind: z.string(),
    data: z.record(z.string(), z.unknown()),
  }),
  z.object({ type: z.literal('ended'), reason: z.string() }),
])
export type ToBrowser = z.infer<typeof ToBrowser>

/** POST /api/v1/voice/preview: hear a sentence as a caller would. The answer is a WAV file. */
export const PreviewInput = z.object({
  text: z.string().trim().min(1, 'must not be empty').max(500, 'must have at most 500 characters'),
  language: z.enum(['en', 'de']),
  voice: z.string().max(80).nullish(),
})
export type PreviewInput = z.infer<typeof PreviewInput>

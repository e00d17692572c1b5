import { z } from 'zod'

const minuteOfDay = z.number().int().min(0).max(1439)

/** What the browser's PushSubscription.toJSON() gives; the Android app sends the same shape for its UnifiedPush endpoint. */
export const SubscribeInput = z.object({
  endpoint: z.string().max(2048),
  keys: z.object({
    p256dh: z.string().regex(/^[A-Za-z0-9_-]{86,88}={0,2}$/, 'must be a P-256 public key in base64url'),
    auth: z.string().regex(/^[A-Za-z0-9_-]{21,24}={0,2}$/, 'must be 16 bytes in base64url'),
  }),
  kind: z.enum(['web', 'unifiedpush']).default('web'),
})
export type SubscribeInput = z.infer<typeof SubscribeInput>

export type SubscriptionDto = {
  id: number
  kind: 'web' | 'unifiedpush'
  userAgent: string
  createdAt: string
  deliveredAt: string | null
}

export type PushDto = { publicKey: string; subscriptions: SubscriptionDto[] }

/** Quiet hours are minutes after midnight in the user's time zone; from 1320 to 420 runs over midnight. */
export const NotificationPreferences = z.object({
  incomingCalls: z.boolean().default(true),
  newMessages: z.boolean().default(true),
  /** Sends the reason along. Names and numbers are always encrypted for the device; a transcript never leaves. */
  showsReason: z.boolean().default(false),
  quietFromMin: minuteOfDay.nullable().default(null),
  quietToMin: minuteOfDay.nullable().default(null),
  /** Favourites are heard of in the quiet hours too; a favourite's own quiet hours hold all the same. */
  favouritesRing: z.boolean().default(false),
})
export type NotificationPreferences = z.infer<typeof NotificationPreferences>

/** What arrives in the service worker, after decryption. */
export type PushMessage = {
  kind: 'incoming' | 'message' | 'test'
  title: string
  body: string
  /** call_history.id and the call's own word for it; null in a test. */
  call: number | null
  callId: string | null
  actions: ('take' | 'voicemail')[]
}

export const webhookEvents = ['call.received', 'call.decided', 'call.ended', 'message.received'] as const
export type WebhookEvent = (typeof webhookEvents)[number]

export const WebhookInput = z.object({
  url: z.string().max(2048),
  events: z
    .array(z.enum(webhookEvents))
    .min(1, 'must name at least one event')
    .default([...webhookEvents]),
})
export type WebhookInput = z.infer<typeof WebhookInput>

export type WebhookDto = {
  id: number
  url: string
  events: WebhookEvent[]
  createdAt: string
  isDisabled: boolean
  lastStatus: number | null
  lastDeliveredAt: string | null
}

/** `secret` is shown this once. */
export type CreatedWebhookDto = WebhookDto & { secret: string }

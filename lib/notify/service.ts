import type { Actor } from '#lib/accounts/actor.ts'
import { env } from '#lib/env.ts'
import { AppError } from '#lib/errors.ts'
import { now } from '#lib/instant.ts'
import { openSealed, randomSecret, seal } from '#lib/secrets.ts'
import {
  type CreatedWebhookDto,
  NotificationPreferences,
  type PushDto,
  type PushMessage,
  type SubscribeInput,
  type SubscriptionDto,
  type WebhookDto,
  type WebhookEvent,
  type WebhookInput,
} from './contract.ts'
import { parseEndpoint } from './endpoint.ts'
import { canReachPrivateNetwork } from './policy.ts'
import { createPushSender, type PushSender } from './push.ts'
import * as devices from './repo-push.ts'
import * as webhooks from './repo-webhooks.ts'
import { vapidKeys } from './vapid.ts'

const maxSubscriptions = 20
const maxWebhooks = 10

export async function readPush(actor: Actor): Promise<PushDto> {
  const [{ publicKey }, rows] = await Promise.all([vapidKeys(), devices.listSubscriptions(actor.userId)])
  return { publicKey, subscriptions: rows.map(toSubscriptionDto) }
}

/** Remembers a device. Its endpoint must be https on the public internet; the oldest of more than 20 devices is forgotten. */
export async function subscribe(actor: Actor, input: SubscribeInput, userAgent: string): Promise<SubscriptionDto> {
  const endpoint = parseEndpoint(input.endpoint, { allowsPrivate: false })
  const row = await devices.saveSubscription({
    userId: actor.userId,
    sessionId: actor.sessionId ?? null,
    kind: input.kind,
    endpoint: endpoint.href,
    p256dh: input.keys.p256dh,
    auth: input.keys.auth,
    userAgent: userAgent.slice(0, 200),
  })
  const rows = await devices.listSubscriptions(actor.userId)
  for (const old of rows.slice(maxSubscriptions)) await devices.deleteSubscription(actor.userId, old.id)
  return toSubscriptionDto(row)
}

export async function unsubscribe(actor: Actor, id: number): Promise<void> {
  if (!(await devices.deleteSubscription(actor.userId, id))) throw new AppError('not_found', 'There is no such device.')
}

/** Sends a test to every device of the actor and tells how many accepted it. */
export async function testPush(
  actor: Actor,
  send: PushSender = defaultPushSender(),
): Promise<{ sent: number; delivered: number }> {
  const rows = await devices.listSubscriptions(actor.userId)
  const message: PushMessage = {
    kind: 'test',
    title: 'AI Call Service',
    body: 'Notifications work on this device.',
    call: null,
    callId: null,
    actions: [],
  }
  const outcomes = await Promise.all(rows.map(row => send(row, message)))
  return { sent: rows.length, delivered: outcomes.filter(outcome => outcome === 'delivered').length }
}

/** The VAPID subject: a push service may write there when something is wrong with what we send (RFC 8292 2.1). */
export function defaultPushSender(): PushSender {
  const { PUBLIC_URL } = env()
  return createPushSender({
    subject: PUBLIC_URL?.startsWith('https:') ? PUBLIC_URL : 'mailto:admin@localhost.localdomain',
  })
}

export async function readNotificationPreferences(userId: number): Promise<NotificationPreferences> {
  const saved = NotificationPreferences.safeParse((await devices.readPreferences(userId)).notifications ?? {})
  return saved.success ? saved.data : NotificationPreferences.parse({})
}

export async function saveNotificationPreferences(
  actor: Actor,
  preferences: NotificationPreferences,
): Promise<NotificationPreferences> {
  await devices.savePreferences(actor.userId, 'notifications', preferences)
  return preferences
}

export async function listWebhooks(actor: Actor): Promise<{ webhooks: WebhookDto[] }> {
  const rows = await webhooks.listWebhooks(actor.userId)
  return { webhooks: rows.map(({ row, delivery }) => toWebhookDto(row, delivery)) }
}

/** Makes a webhook and its secret, which is shown this once and stored sealed. */
export async function createWebhook(actor: Actor, input: WebhookInput): Promise<CreatedWebhookDto> {
  const url = parseEndpoint(input.url, { allowsPrivate: canReachPrivateNetwork(actor) })
  if ((await webhooks.countWebhooks(actor.userId)) >= maxWebhooks)
    throw new AppError('conflict', `You can have at most ${maxWebhooks} webhooks.`)
  const secret = `whsec_${randomSecret()}`
  const row = await webhooks.insertWebhook({
    userId: actor.userId,
    url: url.href,
    secretSealed: seal(secret, 'webhook'),
    events: [...new Set(input.events)],
    createdAt: now(),
  })
  return { ...toWebhookDto(row), secret }
}

export async function deleteWebhook(actor: Actor, id: number): Promise<void> {
  if (!(await webhooks.deleteWebhook(actor.userId, id))) throw new AppError('not_found', 'There is no such webhook.')
}

/** The secret of a webhook, for signing; null when the data key is another one (a backup restored without its keys). */
export function webhookSecret(row: webhooks.WebhookRow): string | null {
  return openSealed(row.secretSealed, 'webhook')
}

function toSubscriptionDto(row: devices.SubscriptionRow): SubscriptionDto {
  return {
    id: row.id,
    kind: row.kind,
    userAgent: row.userAgent,
    createdAt: row.createdAt,
    deliveredAt: row.deliveredAt,
  }
}

function toWebhookDto(row: webhooks.WebhookRow, delivery?: webhooks.DeliveryRow): WebhookDto {
  return {
    id: row.id,
    url: row.url,
    events: row.events as WebhookEvent[],
    createdAt: row.createdAt,
    isDisabled: row.disabledAt !== null,
    lastStatus: delivery?.lastStatus ?? null,
    lastDeliveredAt: delivery?.deliveredAt ?? null,
  }
}

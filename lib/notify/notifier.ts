import { toInstant } from '#lib/instant.ts'
import { log } from '#lib/log.ts'
import { inGerman } from '#lib/sentences/index.ts'
import { NotificationPreferences, type WebhookEvent } from './contract.ts'
import { parseEndpoint } from './endpoint.ts'
import { isQuiet, minuteOfDay, toPushMessage } from './message.ts'
import type { PushSender } from './push.ts'
import { claimEvents, findCallForNotice, findListeners } from './repo-events.ts'
import { listReachable } from './repo-push.ts'
import { claimDeliveries, queueDeliveries, recordDelivery, type WebhookRow } from './repo-webhooks.ts'
import { defaultPushSender, webhookSecret } from './service.ts'
import { nextAttemptAfterMs, postWebhook } from './webhook.ts'

const pollMs = 250
const settleMs = 200
type EventRow = Awaited<ReturnType<typeof claimEvents>>[number]
type Subject = NonNullable<Awaited<ReturnType<typeof findCallForNotice>>>

/**
 * Turns call events into pushes and webhooks, for as long as the web process runs. Several processes may run it:
 * each event and each delivery is claimed by one. Returns a function that stops it and waits for what is under way.
 */
export function startNotifier({ send = defaultPushSender() }: { send?: PushSender } = {}): () => Promise<void> {
  let isStopped = false
  let timer: NodeJS.Timeout | undefined
  let underWay = Promise.resolve()

  async function round() {
    try {
      await notifyNewEvents(send, new Date())
      await deliverWebhooks()
    } catch (error) {
      log.error({ err: error }, 'notifying failed')
    }
    if (!isStopped) timer = setTimeout(next, pollMs)
  }
  function next() {
    underWay = round()
  }
  next()
  return async () => {
    isStopped = true
    clearTimeout(timer)
    await underWay
  }
}

/** One round over new events: sends pushes, queues webhook bodies. */
export async function notifyNewEvents(send: PushSender, at: Date): Promise<void> {
  const events = await claimEvents(400, settleMs)
  const listeners = events.length > 0 ? await findListeners() : null
  for (const event of events) {
    if (!listeners?.has(event.userId)) continue
    const webhookEvent = toWebhookEvent(event)
    const notice = toNoticeKind(event)
    if (!webhookEvent && !notice) continue
    const subject = await findCallForNotice(event.call)
    if (!subject) continue
    if (webhookEvent) await queueDeliveries(subject.user.id, webhookEvent, webhookBody(webhookEvent, subject))
    if (notice && subject.call.source !== 'try') await pushNotice(notice, subject, send, at)
  }
}

function toWebhookEvent({ kind }: EventRow): WebhookEvent | null {
  if (kind === 'received') return 'call.received'
  if (kind === 'decided') return 'call.decided'
  if (kind === 'ended') return 'call.ended'
  return kind === 'voicemail' ? 'message.received' : null
}

function toNoticeKind({ kind, data }: EventRow): 'incoming' | 'message' | null {
  if (kind === 'received') return data.source === 'phone' ? 'incoming' : null
  return kind === 'voicemail' ? 'message' : null
}

async function pushNotice(kind: 'incoming' | 'message', { call, person, user }: Subject, send: PushSender, at: Date) {
  const parsed = NotificationPreferences.safeParse(user.preferences?.notifications ?? {})
  const preferences = parsed.success ? parsed.data : NotificationPreferences.parse({})
  const isWanted = kind === 'incoming' ? preferences.incomingCalls : preferences.newMessages
  const minute = minuteOfDay(at, user.timeZone)
  const isEmergency = call.urgency === 'emergency'
  const mayBreakQuiet = preferences.favouritesRing && person?.trust === 'favourite'
  const isQuietNow =
    (!mayBreakQuiet && isQuiet(minute, preferences.quietFromMin, preferences.quietToMin)) ||
    isQuiet(minute, person?.quietFromMin ?? null, person?.quietToMin ?? null)
  if (!isWanted || user.isActive !== 1 || (isQuietNow && !isEmergency)) return
  const message = toPushMessage(
    {
      kind,
      call: call.id,
      callId: call.callId,
      callerNumber: call.callerNumber,
      callerName: person?.name ?? call.callerName,
      organisation: person?.organisation ?? call.organisation,
      reason: call.reason && user.language === 'de' ? inGerman(call.reason) : call.reason,
      language: user.language === 'de' ? 'de' : 'en',
    },
    preferences,
  )
  const devices = await listReachable(user.id)
  // Not awaited: a push service that hangs for ten seconds must not hold up the next call's notice.
  for (const device of devices) void send(device, message)
}

function webhookBody(event: WebhookEvent, { call }: Subject): string {
  return JSON.stringify({
    event,
    sentAt: toInstant(Date.now()),
    call: {
      id: call.id,
      callId: call.callId,
      callerNumber: call.callerNumber,
      calledNumber: call.calledNumber,
      callerName: call.callerName,
      timestamp: call.timestamp,
      source: call.source,
      action: call.action,
      reason: call.reason,
      decidedBy: call.decidedBy,
      urgency: call.urgency,
      summary: call.summary,
      callbackNumber: call.callbackNumber,
      status: call.status,
    },
  })
}

/** Sends the webhook deliveries that are due and notes how each went. */
export async function deliverWebhooks(): Promise<void> {
  const due = await claimDeliveries(10)
  await Promise.all(
    due.map(async ({ delivery, webhook, allowsPrivate }) => {
      const status = await post(webhook, delivery.body, allowsPrivate)
      const isDelivered = status !== null && status >= 200 && status < 300
      const attempts = delivery.attempts + 1
      const waitMs = isDelivered ? null : nextAttemptAfterMs(attempts)
      await recordDelivery(delivery.id, {
        status,
        attempts,
        isDelivered,
        nextAt: waitMs === null ? null : toInstant(Date.now() + waitMs),
      })
    }),
  )
}

/** Null when it could not be sent: nobody answered, or its owner lost the right to reach into the house. */
async function post(webhook: WebhookRow, body: string, allowsPrivate: boolean): Promise<number | null> {
  const secret = webhookSecret(webhook)
  if (secret === null) return null
  try {
    return await postWebhook(parseEndpoint(webhook.url, { allowsPrivate }), body, secret, { allowsPrivate })
  } catch {
    return null
  }
}

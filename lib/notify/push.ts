import { Agent } from 'node:https'
import webpush from 'web-push'
import { log } from '#lib/log.ts'
import { once } from '#lib/once.ts'
import type { PushMessage } from './contract.ts'
import { publicLookup } from './endpoint.ts'
import { recordPush, type SubscriptionRow } from './repo-push.ts'
import { vapidKeys } from './vapid.ts'

const timeoutMs = 10_000
const publicAgent = () => once('push.agent', () => new Agent({ lookup: publicLookup, keepAlive: true, maxSockets: 20 }))

export type PushSender = (row: SubscriptionRow, message: PushMessage) => Promise<'delivered' | 'failed' | 'gone'>

/**
 * Encrypts (RFC 8291), signs (RFC 8292) and sends one message. A push service that answers 404 or 410 says the
 * subscription is over. Never rejects; the endpoint, which is a secret, is not logged.
 */
export function createPushSender({ subject, agent = publicAgent() }: { subject: string; agent?: Agent }): PushSender {
  return async (row, message) => {
    const keys = await vapidKeys()
    try {
      await webpush.sendNotification(
        { endpoint: row.endpoint, keys: { p256dh: row.p256dh, auth: row.auth } },
        JSON.stringify(message),
        {
          vapidDetails: { subject, ...keys },
          TTL: message.kind === 'incoming' ? 60 : 86_400,
          urgency: message.kind === 'incoming' ? 'high' : 'normal',
          contentEncoding: 'aes128gcm',
          timeout: timeoutMs,
          agent,
        },
      )
      await recordPush(row, 'delivered')
      return 'delivered'
    } catch (error) {
      const status = (error as { statusCode?: number }).statusCode
      const outcome = status === 404 || status === 410 || row.failures >= 20 ? 'gone' : 'failed'
      log.warn({ subscription: row.id, status, outcome }, 'push was not delivered')
      await recordPush(row, outcome)
      return outcome
    }
  }
}

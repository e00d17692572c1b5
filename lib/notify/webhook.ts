import { createHmac } from 'node:crypto'
import { request as httpRequest } from 'node:http'
import { Agent, request as httpsRequest } from 'node:https'
import { once } from '#lib/once.ts'
import { publicLookup } from './endpoint.ts'

const timeoutMs = 10_000
const publicAgent = () => once('webhook.agent', () => new Agent({ lookup: publicLookup, maxSockets: 20 }))

/** Waits (ms) before the next try: 10 s, 1 min, 5 min, 30 min, 2 h, 6 h; then the delivery is given up. */
const retryAfterMs = [10_000, 60_000, 300_000, 1_800_000, 7_200_000, 21_600_000]

/** When to try again after `attempts` tries, or null when enough is enough. */
export function nextAttemptAfterMs(attempts: number): number | null {
  return retryAfterMs[attempts - 1] ?? null
}

/** `t=<unix seconds>,v1=<hex HMAC-SHA256 of "t.body">`: the receiver recomputes it with its secret and refuses old times. */
export function signWebhook(body: string, secret: string, atS: number): string {
  return `t=${atS},v1=${createHmac('sha256', secret).update(`${atS}.${body}`).digest('hex')}`
}

/**
 * POSTs a signed body and resolves to the status, or null when nothing answered within 10 s. Redirects are not
 * followed and the answer is not read: neither can be used to look around in our network.
 */
export function postWebhook(
  url: URL,
  body: string,
  secret: string,
  { allowsPrivate, agent }: { allowsPrivate: boolean; agent?: Agent },
): Promise<number | null> {
  const send = url.protocol === 'http:' ? httpRequest : httpsRequest
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    'user-agent': 'AI-Call-Service',
    'x-call-signature': signWebhook(body, secret, Math.floor(Date.now() / 1000)),
  }
  return new Promise(resolve => {
    const sent = send(
      url,
      {
        method: 'POST',
        headers,
        signal: AbortSignal.timeout(timeoutMs),
        agent: agent ?? (allowsPrivate ? undefined : publicAgent()),
      },
      response => {
        response.destroy()
        resolve(response.statusCode ?? null)
      },
    )
    sent.on('error', () => resolve(null))
    sent.end(body)
  })
}

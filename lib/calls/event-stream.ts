import type { Actor } from '#lib/accounts/actor.ts'
import { takePlace } from '#lib/http/index.ts'
import type { LiveMessage } from './contract.ts'
import { subscribe } from './live.ts'

/** A client that leaves this much unread is cut off; it comes back and is told what it missed. */
const maxUnreadBytes = 1024 * 1024

/** GET /api/v1/events: what happens in the actor's calls, as server-sent events, for as long as the client listens. */
export async function eventStream(actor: Actor, request: Request): Promise<Response> {
  const giveBack = takePlace('streams', actor.userId)
  let leave: (() => void) | undefined
  let isOver = false
  const finish = () => {
    if (isOver) return
    isOver = true
    leave?.()
    giveBack()
  }
  const text = new TextEncoder()
  const body = new ReadableStream<Uint8Array>(
    {
      async start(controller) {
        const write = (chunk: string) => {
          if (isOver) return false
          controller.enqueue(text.encode(chunk))
          return (controller.desiredSize ?? 0) > 0
        }
        const close = () => {
          if (isOver) return
          finish()
          controller.close()
        }
        request.signal.addEventListener('abort', close, { once: true })
        write('retry: 1000\n\n')
        try {
          leave = await subscribe(
            { actor, send: (message, id) => write(toText(message, id)), heartbeat: () => write(':\n\n'), close },
            lastSeen(request),
          )
          if (isOver) leave()
        } catch (error) {
          finish()
          throw error
        }
      },
      cancel: finish,
    },
    new ByteLengthQueuingStrategy({ highWaterMark: maxUnreadBytes }),
  )
  return new Response(body, {
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      // nginx would collect the stream otherwise.
      'x-accel-buffering': 'no',
    },
  })
}

function toText({ event, data }: LiveMessage, id?: number): string {
  return `${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`
}

/** The last event that the client has, as browsers and our own client say it. */
function lastSeen(request: Request): number | null {
  const given = request.headers.get('last-event-id') ?? new URL(request.url).searchParams.get('after')
  return given !== null && /^\d{1,15}$/.test(given) ? Number(given) : null
}

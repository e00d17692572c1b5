import { afterEach, expect, test } from 'vitest'
import type { LiveMessage } from '#lib/calls/contract.ts'
import { createClient } from './client.ts'
import { openEventStream, type StreamState } from './events.ts'

const stops: (() => void)[] = []
afterEach(() => {
  for (const stop of stops.splice(0)) stop()
})

const stream = (...parts: string[]) =>
  new Response(new Blob(parts).stream(), { headers: { 'content-type': 'text/event-stream' } })

/** A server that gives these answers in turn, and hangs when there are no more. */
function serve(answers: (() => Response)[]) {
  const asked: (string | null)[] = []
  const pauses: number[] = []
  const messages: LiveMessage[] = []
  const states: StreamState[] = []
  const { promise: drained, resolve } = Promise.withResolvers<void>()
  const client = createClient({
    fetch: async (_url, init) => {
      asked.push(new Headers(init?.headers).get('last-event-id'))
      const answer = answers.shift()
      if (answer) return answer()
      resolve()
      return new Promise<Response>((_, reject) =>
        init?.signal?.addEventListener('abort', () => reject(new Error('cut'))),
      )
    },
  })
  stops.push(
    openEventStream(client, {
      onMessage: message => messages.push(message),
      onState: state => {
        states.push(state)
        if (state === 'ended') resolve()
      },
      wait: async ms => {
        pauses.push(ms)
      },
      random: () => 1,
    }),
  )
  return { asked, pauses, messages, states, drained }
}

test('a stream that breaks goes on after the last event that arrived', async () => {
  const { asked, messages, drained } = serve([
    () => stream('event: ready\ndata: {"lastId":7}\n\n', 'id: 9\nevent: changed\ndata: {"callId":"a"}\n\n'),
    () => stream('id: 12\nevent: deleted\ndata: {"callId":"b"}\n\n'),
  ])
  await drained
  expect(asked).toEqual([null, '9', '12'])
  expect(messages.map(message => message.event)).toEqual(['ready', 'changed', 'deleted'])
})

test('the pauses grow while nothing arrives, and begin anew once something does', async () => {
  const broken = () => new Response(null, { status: 502 })
  const { pauses, drained } = serve([
    broken,
    broken,
    broken,
    () => stream('event: ready\ndata: {"lastId":1}\n\n'),
    broken,
  ])
  await drained
  expect(pauses).toEqual([500, 1000, 2000, 500, 1000])
})

test('an ended session is not asked for again', async () => {
  const { asked, states, drained } = serve([() => stream('event: end\ndata: {"reason":"signed_out"}\n\n')])
  await drained
  expect(asked).toHaveLength(1)
  expect(states.at(-1)).toBe('ended')
})

test('a refused session ends the stream', async () => {
  const { states, drained } = serve([() => Response.json({ code: 'unauthenticated' }, { status: 401 })])
  await drained
  expect(states.at(-1)).toBe('ended')
})

test('events that cannot be read are left out', async () => {
  const { messages, drained } = serve([
    () => stream('event: changed\ndata: {"callId\n\nevent: nonsense\ndata: {}\n\n: heartbeat\n\n'),
  ])
  await drained
  expect(messages).toEqual([])
})

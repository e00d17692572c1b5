import { Ollama } from 'ollama'
import type { Llm } from '#lib/voice/ports.ts'

/** More text than this is no answer to one question, whatever stands behind the address. */
const answerLimitBytes = 256 * 1024
const keepAlive = '30m'

type Fetch = typeof globalThis.fetch

/**
 * Ollama as an Llm. The npm client takes no signal, warns about broken lines and trusts every stream to end, so it gets a
 * fetch that carries the signal and lets only whole JSON objects through.
 */
export function createOllama({
  host,
  model,
}: {
  host: string
  model: string
}): Llm & { preload(signal: AbortSignal): Promise<void> } {
  const client = (signal: AbortSignal) => new Ollama({ host, fetch: guardedFetch(signal) })
  return {
    name: model,
    async *chat({ messages, schema, maxTokens = 80, signal }) {
      const stream = await client(signal).chat({
        model,
        messages,
        stream: true,
        think: false,
        keep_alive: keepAlive,
        ...(schema ? { format: schema } : {}),
        options: { num_predict: maxTokens, temperature: 0 },
      })
      for await (const part of stream) {
        const text: unknown = part.message?.content
        if (typeof text === 'string' && text !== '') yield text
      }
    },
    async preload(signal) {
      await client(signal).chat({ model, messages: [], stream: false, think: false, keep_alive: keepAlive })
    },
    async close() {},
  }
}

/** Names of the installed models. null: somebody answers, but not as Ollama lists models. Rejects when nobody does. */
export async function listOllamaModels(host: string, signal: AbortSignal): Promise<string[] | null> {
  const answer: unknown = await new Ollama({ host, fetch: guardedFetch(signal) }).list()
  const models = (answer as { models?: unknown } | null)?.models
  if (!Array.isArray(models)) return null
  return models.flatMap(model => (typeof model?.name === 'string' ? [model.name as string] : []))
}

function guardedFetch(signal: AbortSignal): Fetch {
  return async (input, init) => {
    const signals = init?.signal ? [signal, init.signal] : [signal]
    const response = await fetch(input, { ...init, signal: AbortSignal.any(signals), redirect: 'error' })
    if (!response.ok || !response.body) return response
    return new Response(response.body.pipeThrough(wholeObjects()), {
      status: 200,
      headers: { 'content-type': 'application/x-ndjson' },
    })
  }
}

/** NDJSON or one JSON document in, the same lines out; anything else is an error at once. */
function wholeObjects(): TransformStream<Uint8Array, Uint8Array> {
  const decoder = new TextDecoder()
  const encoder = new TextEncoder()
  let rest = ''
  let bytes = 0
  const pass = (line: string, out: TransformStreamDefaultController<Uint8Array>) => {
    if (line.trim() === '') return
    const value: unknown = JSON.parse(line)
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw new Error('The model server sent no object.')
    out.enqueue(encoder.encode(`${JSON.stringify(value)}\n`))
  }
  return new TransformStream({
    transform(chunk, out) {
      bytes += chunk.byteLength
      if (bytes > answerLimitBytes) throw new Error('The model server does not stop talking.')
      const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
      rest = lines.pop() ?? ''
      // A pretty-printed document has line breaks of its own: it is read at the end, in one.
      for (const [i, line] of lines.entries()) {
        try {
          pass(line, out)
        } catch (error) {
          if (!line.trimStart().startsWith('{')) throw error
          rest = [...lines.slice(i), rest].join('\n')
          break
        }
      }
    },
    flush(out) {
      pass(rest + decoder.decode(), out)
    },
  })
}

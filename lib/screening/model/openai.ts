import { EventSourceParserStream } from 'eventsource-parser/stream'
import type { Llm } from '#lib/voice/ports.ts'

const answerLimitChars = 64 * 1024

/** Any server that speaks OpenAI's chat completions (llama.cpp, vLLM, LM Studio, LocalAI). `url` ends before `/chat/completions`. */
export function createOpenAiChat({ url, key, model }: { url: string; key?: string; model: string }): Llm {
  const address = `${url.replace(/\/+$/, '').replace(/\/chat\/completions$/, '')}/chat/completions`
  return {
    name: model,
    async *chat({ messages, schema, maxTokens = 80, signal }) {
      const response = await fetch(address, {
        method: 'POST',
        redirect: 'error',
        signal,
        headers: { 'content-type': 'application/json', ...(key ? { authorization: `Bearer ${key}` } : {}) },
        body: JSON.stringify({
          model,
          messages,
          stream: true,
          temperature: 0,
          max_tokens: maxTokens,
          ...(schema ? { response_format: { type: 'json_schema', json_schema: { name: 'facts', schema } } } : {}),
        }),
      })
      if (!response.ok || !response.body) throw new Error(`The model server answered ${response.status}.`)
      if (response.headers.get('content-type')?.includes('json')) {
        const text = contentOf(await response.json())
        if (text) yield text
        return
      }
      let length = 0
      const events = response.body.pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream())
      for await (const { data } of events) {
        if (data === '[DONE]') return
        const text = contentOf(JSON.parse(data))
        length += text.length
        if (length > answerLimitChars) throw new Error('The model server does not stop talking.')
        if (text) yield text
      }
    },
    async close() {},
  }
}

function contentOf(document: unknown): string {
  const { choices, error } = (document ?? {}) as { choices?: unknown; error?: unknown }
  if (error) throw new Error('The model server reported an error.')
  const first: unknown = Array.isArray(choices) ? choices[0] : undefined
  const { delta, message } = (first ?? {}) as { delta?: { content?: unknown }; message?: { content?: unknown } }
  const content = delta?.content ?? message?.content
  return typeof content === 'string' ? content : ''
}

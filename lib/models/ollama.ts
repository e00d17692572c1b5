/** What the dashboard does with Ollama's own models. Questions are answered within seconds or not at all. */
export type OllamaModel = { name: string; bytes: number }

const answerWithinMs = 3000
const stalledAfterMs = 60_000
const lineLimit = 64 * 1024

/** The models that Ollama has, or the reason why it does not say. */
export async function listOllama(host: string): Promise<{ models: OllamaModel[] } | { trouble: string }> {
  try {
    const response = await fetch(new URL('/api/tags', host), { signal: AbortSignal.timeout(answerWithinMs) })
    if (!response.ok) return { trouble: `Ollama answered ${response.status}.` }
    const { models } = (await response.json()) as { models?: { name?: unknown; size?: unknown }[] }
    if (!Array.isArray(models)) return { trouble: 'What answers at OLLAMA_HOST is not Ollama.' }
    return {
      models: models.flatMap(({ name, size }) =>
        typeof name === 'string' ? [{ name, bytes: typeof size === 'number' ? size : 0 }] : [],
      ),
    }
  } catch {
    return { trouble: `Ollama does not answer at ${host}: the rules decide alone.` }
  }
}

/** Pulls a model into Ollama; `onProgress` counts the bytes of all its layers. Throws one sentence. */
export async function pullOllama(
  host: string,
  name: string,
  { signal, onProgress }: { signal: AbortSignal; onProgress(done: number, total: number): void },
): Promise<void> {
  const stalled = new AbortController()
  let timer = setTimeout(() => stalled.abort(), stalledAfterMs)
  const layers = new Map<string, { done: number; total: number }>()
  try {
    const response = await fetch(new URL('/api/pull', host), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ model: name, stream: true }),
      signal: AbortSignal.any([signal, stalled.signal]),
    }).catch(error => {
      signal.throwIfAborted()
      throw stalled.signal.aborted ? error : new Error(`Ollama does not answer at ${host}.`)
    })
    let isDone = false
    for await (const line of linesOf(response)) {
      clearTimeout(timer)
      timer = setTimeout(() => stalled.abort(), stalledAfterMs)
      const { status, digest, total, completed, error } = parse(line)
      if (typeof error === 'string') throw new Error(`Ollama says: ${error.slice(0, 200)}`)
      if (status === 'success') isDone = true
      if (typeof digest !== 'string' || typeof total !== 'number') continue
      layers.set(digest, { total, done: typeof completed === 'number' ? Math.min(completed, total) : 0 })
      const all = [...layers.values()]
      onProgress(
        all.reduce((sum, layer) => sum + layer.done, 0),
        all.reduce((sum, layer) => sum + layer.total, 0),
      )
    }
    if (!response.ok) throw new Error(`Ollama answered ${response.status} for ${name}.`)
    if (!isDone) throw new Error('Ollama stopped in the middle; pulling again goes on from there.')
  } catch (error) {
    if (stalled.signal.aborted && !signal.aborted) throw new Error('Ollama does not get on with the download.')
    throw error
  } finally {
    clearTimeout(timer)
  }
}

export async function removeOllama(host: string, name: string): Promise<void> {
  const response = await fetch(new URL('/api/delete', host), {
    method: 'DELETE',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ model: name }),
    signal: AbortSignal.timeout(10_000),
  }).catch(() => {
    throw new Error(`Ollama does not answer at ${host}.`)
  })
  if (response.status === 404) throw new Error(`Ollama has no model ${name}.`)
  if (!response.ok) throw new Error(`Ollama answered ${response.status}.`)
}

async function* linesOf(response: Response): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const bytes of response.body ?? []) {
    const lines = (rest + decoder.decode(bytes, { stream: true })).split('\n')
    rest = lines.pop() ?? ''
    if (rest.length > lineLimit) throw new Error('What answers at OLLAMA_HOST is not Ollama.')
    yield* lines.filter(line => line.trim() !== '')
  }
  if (rest.trim() !== '') yield rest
}

function parse(line: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}

import { log } from '#lib/log.ts'
import type { Llm } from '#lib/voice/ports.ts'
import type { Household, Turn } from '../contract.ts'
import type { ModelOutcome } from '../conversation.ts'
import type { ModelAnswer } from './answer.ts'
import { createBreaker } from './breaker.ts'
import { pickModel } from './installed.ts'
import { createOllama, listOllamaModels } from './ollama.ts'
import { createOpenAiChat } from './openai.ts'
import { readObject, toAnswer } from './parse.ts'
import { factNames, factsSchema, promptFor } from './prompt.ts'
import { createQueue, type Priority } from './queue.ts'

export type EngineSettings = {
  ollamaHost: string
  ollamaModel?: string | undefined
  openAi?: { url: string; key?: string | undefined; model?: string | undefined } | undefined
}

export type ModelRequest = {
  household: Household
  turns: readonly Turn[]
  priority: Priority
  /** Milliseconds since 1970 by which the answer must be there. */
  deadlineAt: number
  signal?: AbortSignal | undefined
  instructions?: string | undefined
  /** Asked once all facts are there: whether they decide the call without the sentence that the model still forms. */
  isEnough?: (answer: ModelAnswer) => boolean
  /** Another model than the service's own, for "what if" and for comparing. */
  model?: string | undefined
}

export type ModelStatus = { isReachable: boolean; model: string | null; says: string }

export type Engine = {
  ask(request: ModelRequest): Promise<ModelOutcome>
  /** What is known now, without waiting for anybody; asks again in the background when that is old. */
  status(): ModelStatus
  /** Finds and loads the model, so that the first caller does not wait for it. */
  warm(): Promise<void>
  installed(): Promise<string[]>
}

const freshMs = 30_000
const absentFreshMs = 5_000
const probeMs = 1_000
const maxTokens = 80
/** How long the caller who starts a probe of a hanging model waits for it. */
const patienceMs = 100
/** A model that is not done within less than this may only have been given too little time. */
const fairBudgetMs = 1_000

type Known = { at: number; model: string | null; isReachable: boolean; says: string; names: string[] }

/** Asks a model for facts: with a deadline, a short queue, and no cost to callers while the model is dead or hangs. */
export function createEngine(settings: EngineSettings, now: () => number = Date.now): Engine {
  const queue = createQueue({ mostAtOnce: 4, mostRunning: 2 })
  let known: Known | null = null
  let looking: Promise<Known> | null = null
  const breaker = createBreaker({ now, probe: () => probeModel(AbortSignal.timeout(2_000)) })

  function llm(model: string): Llm {
    const { openAi } = settings
    return openAi
      ? createOpenAiChat({ url: openAi.url, model, ...(openAi.key ? { key: openAi.key } : {}) })
      : createOllama({ host: settings.ollamaHost, model })
  }

  async function probeModel(signal: AbortSignal): Promise<void> {
    const { model } = await knowledge(probeMs)
    if (!model) throw new Error('There is no model.')
    for await (const _ of llm(model).chat({ messages: [{ role: 'user', content: '{}' }], maxTokens: 1, signal })) return
  }

  async function look(): Promise<Known> {
    const named = settings.openAi ? (settings.openAi.model ?? 'default') : settings.ollamaModel
    if (settings.openAi)
      return { at: now(), model: named ?? null, isReachable: true, says: `The model ${named} is used.`, names: [] }
    try {
      const names = await listOllamaModels(settings.ollamaHost, AbortSignal.timeout(probeMs))
      // Somebody speaks Ollama's chat without its list: the name does not matter to it.
      if (names === null)
        return { at: now(), model: named ?? 'llama3.2', isReachable: true, says: 'A model answers.', names: [] }
      const isThere = named !== undefined && names.some(name => name === named || name === `${named}:latest`)
      const model = isThere ? named : pickModel(names)
      const says = model
        ? named && !isThere
          ? `The model ${named} is not installed; ${model} is used instead.`
          : `The model ${model} is used.`
        : 'Ollama runs without a model. The built-in listener decides.'
      return { at: now(), model, isReachable: true, says, names }
    } catch {
      return {
        at: now(),
        model: null,
        isReachable: false,
        says: 'Ollama does not answer. The built-in listener decides.',
        names: [],
      }
    }
  }

  function refresh(): Promise<Known> {
    looking ??= look()
      .then(found => {
        known = found
        return found
      })
      .finally(() => {
        looking = null
      })
    return looking
  }

  /** Old knowledge is used while new is fetched; only the very first caller waits for it. */
  async function knowledge(waitMs: number): Promise<Pick<Known, 'model' | 'says'>> {
    if (known) {
      if (now() - known.at > (known.model ? freshMs : absentFreshMs)) void refresh()
      return known
    }
    let timer: ReturnType<typeof setTimeout> | undefined
    const late = new Promise<Pick<Known, 'model' | 'says'>>(resolve => {
      timer = setTimeout(
        () => resolve({ model: null, says: 'Ollama does not answer. The built-in listener decides.' }),
        waitMs,
      )
    })
    try {
      return await Promise.race([refresh(), late])
    } finally {
      clearTimeout(timer)
    }
  }

  async function ask(request: ModelRequest): Promise<ModelOutcome> {
    const budgetMs = request.deadlineAt - now()
    if (budgetMs <= 20) return { kind: 'failed', why: 'There was no time to ask the model.' }
    const { model: own, says } = await knowledge(Math.min(budgetMs, probeMs))
    const model = request.model ?? own
    if (!model) return { kind: 'none', why: says }
    if (!(await breaker.mayAsk(Math.min(patienceMs, budgetMs)))) {
      return { kind: 'failed', why: 'The model has not answered lately, so the built-in listener decides.' }
    }
    const deadline = new AbortController()
    const timer = setTimeout(() => deadline.abort(), Math.max(0, request.deadlineAt - now()))
    const signal = request.signal ? AbortSignal.any([request.signal, deadline.signal]) : deadline.signal
    try {
      const leave = await queue.enter(request.priority, signal)
      if (!leave)
        return { kind: 'failed', why: 'The model is busy with other calls, so the built-in listener decides.' }
      const startedAt = now()
      try {
        return await read(model, request, signal)
      } finally {
        leave()
        if (deadline.signal.aborted && now() - startedAt >= fairBudgetMs) breaker.timedOut()
      }
    } finally {
      clearTimeout(timer)
    }
  }

  async function read(model: string, request: ModelRequest, signal: AbortSignal): Promise<ModelOutcome> {
    const callerTexts = request.turns.filter(({ who }) => who === 'caller').map(({ text }) => text)
    let text = ''
    let hasFacts = false
    const aborted = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(new Error('The time was up.')), { once: true })
    })
    aborted.catch(() => {})
    const stream = llm(model)
      .chat({
        messages: promptFor(request.household, request.turns, request.instructions),
        schema: factsSchema,
        maxTokens,
        signal,
      })
      [Symbol.asyncIterator]()
    try {
      for (;;) {
        const { done, value } = await Promise.race([stream.next(), aborted])
        if (done) break
        text += value
        // The answer is there as soon as its last brace is; what else the model has to say nobody waits for.
        if (value.includes('}') && readObject(text)?.isComplete) break
        if (hasFacts || !value.includes(',')) continue
        const fields = readObject(text)?.fields
        hasFacts = fields !== undefined && factNames.every(name => name in fields)
        if (fields && hasFacts && request.isEnough?.(toAnswer(fields, callerTexts))) break
      }
      breaker.succeeded()
    } catch (error) {
      if (isAbsent(error)) void refresh()
      if (!readObject(text)) {
        log.warn(
          { model, reason: error instanceof Error ? error.message.slice(0, 200) : 'unknown' },
          'the model failed',
        )
        const why = signal.aborted ? 'The model took too long' : 'The model failed'
        return { kind: 'failed', why: `${why}, so the built-in listener decides.` }
      }
    } finally {
      void Promise.resolve(stream.return?.()).catch(() => {})
    }
    const found = readObject(text)
    if (!found) return { kind: 'failed', why: 'The model gave no usable answer, so the built-in listener decides.' }
    return { kind: 'answered', name: model, answer: toAnswer(found.fields, callerTexts) }
  }

  return {
    ask,
    status() {
      if (!known || now() - known.at > freshMs) void refresh()
      if (breaker.isOpen())
        return {
          isReachable: false,
          model: known?.model ?? null,
          says: 'The model does not answer. The built-in listener decides.',
        }
      return known ?? { isReachable: false, model: null, says: 'The model has not been asked yet.' }
    },
    async warm() {
      const { model } = await refresh()
      if (!model || settings.openAi) return
      await createOllama({ host: settings.ollamaHost, model })
        .preload(AbortSignal.timeout(120_000))
        .catch(() => {})
    },
    async installed() {
      return (await refresh()).names
    },
  }
}

function isAbsent(error: unknown): boolean {
  return (error as { status_code?: unknown } | null)?.status_code === 404
}

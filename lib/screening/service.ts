import { env } from '#lib/env.ts'
import { log } from '#lib/log.ts'
import { once } from '#lib/once.ts'
import type { Caller, Decision, Household, RuleDraft, ScreenInput } from './contract.ts'
import { converse, type ModelOutcome } from './conversation.ts'
import { decisionOfVerdict } from './decision.ts'
import { loadCaller, loadHousehold, strangersHousehold } from './household.ts'
import { askBlockList } from './ladder/block-list.ts'
import { type Call, climb } from './ladder/index.ts'
import type { Hearing } from './listener/hearing.ts'
import { listen } from './listener/index.ts'
import { warmListener } from './listener/warm.ts'
import { atTime } from './local-time.ts'
import { createEngine, type Engine, type ModelStatus } from './model/engine.ts'
import { priorities } from './model/queue.ts'
import { isSameText, questionText } from './questions.ts'

const defaultDeadlineMs = 3_000
/** What is left of a deadline for writing the decision down and answering. */
const reserveMs = 150

/** The one model engine of this process. */
export function engine(): Engine {
  return once('model-engine', () => {
    const { OLLAMA_HOST, OLLAMA_MODEL, LLM_URL, LLM_API_KEY, LLM_MODEL } = env()
    return createEngine({
      ollamaHost: OLLAMA_HOST,
      ollamaModel: OLLAMA_MODEL,
      openAi: LLM_URL ? { url: LLM_URL, key: LLM_API_KEY, model: LLM_MODEL } : undefined,
    })
  })
}

/** What is known of the model now; never waits. */
export function modelStatus(): ModelStatus {
  return engine().status()
}

/** Readies in the background what the first caller would wait for, the listener and the model; for the start of a process. */
export async function warmModel(): Promise<void> {
  await Promise.all([warmListener(), engine().warm()])
}

type Prepared = { call: Call; startedAt: number; deadlineAt: number }

async function prepare(input: ScreenInput): Promise<Prepared> {
  const at = input.at ?? Date.now()
  const startedAt = performance.now()
  const deadlineAt = Date.now() + (input.deadlineMs ?? defaultDeadlineMs) - reserveMs
  const { household, caller } = await know(input, at)
  const { rules, time } = input.overrides ?? {}
  return {
    startedAt,
    deadlineAt,
    call: {
      household: rules ? { ...household, rules } : household,
      caller,
      source: input.source,
      at: time ? atTime(at, time, household.line.timeZone) : at,
      turns: input.turns,
    },
  }
}

/** A database that cannot be read costs the caller the house's memory of them, not the answer. */
async function know(input: ScreenInput, at: number): Promise<{ household: Household; caller: Caller }> {
  try {
    const household = await loadHousehold(input.userId, input.calledNumber)
    const caller = await loadCaller(household, input.callerNumber, {
      at,
      wantsRecent: household.line.isPersistentAllowed && (input.source === 'phone' || input.source === 'app'),
      ...(input.call === undefined ? {} : { call: input.call }),
    })
    return { household, caller }
  } catch (error) {
    log.error({ err: error }, 'a call is screened without its household')
    const spare = strangersHousehold()
    const household = { ...spare, userId: input.userId, line: { ...spare.line, destinations: [] } }
    return {
      household,
      caller: await loadCaller({ ...household, userId: null }, input.callerNumber, { at, wantsRecent: false }),
    }
  }
}

const personOf = ({ person, isForged }: Caller) => (person && !isForged ? { person } : {})

/**
 * "Ask" decides once: when the caller has spoken and there is nothing left to ask, the conversation goes on from there.
 */
function isAnswered(rule: RuleDraft | undefined, { turns, household }: Call): boolean {
  if (!turns.some(({ who }) => who === 'caller')) return false
  const question = rule?.question?.trim() || questionText('who_and_why', household.line.language)
  return !rule?.question || turns.some(({ who, text }) => who === 'assistant' && isSameText(text, question))
}

function decideBefore({ call, startedAt }: Prepared): Decision | { ladder: Decision['ladder'] } {
  const { ladder, verdict } = climb(call)
  if (!verdict) return { ladder }
  const last = ladder.at(-1)!
  if (verdict.action === 'ask_question' && verdict.expects !== 'key_one') {
    const rule = call.household.rules.find(({ id }) => id !== undefined && id === last.id)
    if (isAnswered(rule, call)) return { ladder: [...ladder.slice(0, -1), { ...last, outcome: 'passed' }] }
  }
  return {
    ...decisionOfVerdict(call.household, verdict, ladder),
    ...personOf(call.caller),
    facts: listen(call.turns, call.household.line).facts,
    tookMs: Math.round(performance.now() - startedAt),
  }
}

async function decideAfter(input: ScreenInput, { call, startedAt, deadlineAt }: Prepared, signal?: AbortSignal) {
  const { household, turns } = call
  const hearing = listen(turns, household.line)
  const model = await askModel(input, household, hearing, deadlineAt, signal)
  const decision = converse(household, turns, hearing, model)
  return { ...decision, ...personOf(call.caller), tookMs: Math.round(performance.now() - startedAt) }
}

async function askModel(
  input: ScreenInput,
  household: Household,
  hearing: Hearing,
  deadlineAt: number,
  signal: AbortSignal | undefined,
): Promise<ModelOutcome> {
  const { overrides, source, turns } = input
  if (input.userId === null) return { kind: 'none', why: 'Nobody is signed in, so the built-in listener decides.' }
  if (overrides?.model === null) return { kind: 'none', why: 'No model was to be asked.' }
  if (hearing.isManipulative) return { kind: 'none', why: 'The model was not asked.' }
  const hasWords = turns.some(({ who, text }) => who === 'caller' && text.trim() !== '')
  // A telephone has nothing to tell a model before the caller speaks; clients of the call API expect it to be asked.
  if (!hasWords && source !== 'api' && source !== 'app') return { kind: 'none', why: 'The caller has not spoken yet.' }
  const signals = [input.signal, signal].filter(one => one !== undefined)
  return engine().ask({
    household,
    turns,
    priority: overrides ? priorities.what_if : priorities[source],
    deadlineAt,
    isEnough: answer =>
      converse(household, turns, hearing, { kind: 'answered', name: '', answer }).action !== 'ask_question',
    ...(signals.length > 0 ? { signal: AbortSignal.any(signals) } : {}),
    ...(overrides?.instructions === undefined ? {} : { instructions: overrides.instructions }),
    ...(overrides?.model ? { model: overrides.model } : {}),
  })
}

/** The whole ladder: the one decision about a call as it stands now. Always answers, within the deadline. */
export async function screen(input: ScreenInput): Promise<Decision> {
  const prepared = await prepare(input)
  const before = decideBefore(prepared)
  if ('action' in before) return before
  const decision = await decideAfter(input, prepared)
  return { ...decision, ladder: [...before.ladder, ...decision.ladder] }
}

/** Rungs 1 to 6, for a telephone that still rings: a decision, or null when the caller has to be heard. */
export async function screenBeforeAnswer(input: ScreenInput): Promise<Decision | null> {
  const before = decideBefore(await prepare(input))
  return 'action' in before ? before : null
}

/** Rungs 7 and 8 on what was said so far, for the next turn of a conversation. */
export async function converseDecision(input: ScreenInput, signal?: AbortSignal): Promise<Decision> {
  const prepared = await prepare(input)
  const gate = askBlockList(prepared.call)
  if (
    gate.verdict?.expects === 'key_one' ||
    (gate.verdict && prepared.call.household.line.withheld === 'press_one' && !prepared.call.caller.blockedBy)
  ) {
    return {
      ...decisionOfVerdict(prepared.call.household, gate.verdict, [gate.result]),
      facts: listen(prepared.call.turns, prepared.call.household.line).facts,
      tookMs: Math.round(performance.now() - prepared.startedAt),
    }
  }
  return decideAfter(input, prepared, signal)
}

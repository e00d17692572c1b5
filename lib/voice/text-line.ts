import { noInput } from './dialog/keys.ts'
import { chain, move } from './dialog/moves.ts'
import {
  type Action,
  type DialogEvent,
  type Effect,
  type EndedBy,
  initialState,
  limits,
  type Move,
  type Note,
  type Settings,
  type State,
  type Turn,
  type Verdict,
} from './dialog/state.ts'
import { act, noteVerdict } from './dialog/verdict.ts'
import { step } from './dialog.ts'
import { phrases } from './phrases/index.ts'

/** A row of call_events, as far as the conversation reads it. */
export type StoredEvent = { kind: string; data: Record<string, unknown> }

export type TextReply = {
  /** What the assistant says; '' when the call was already over. */
  reply: string
  /** What was decided on these words; null when they answered no open question. */
  verdict: Verdict | null
  action: Action | null
  /** The number that was settled for calling back. */
  callbackNumber: string | null
  isOver: boolean
  endedBy: EndedBy | null
  /** To be appended to the call's story, in order. */
  notes: Note[]
}

export type TextReplyInput = {
  settings: Omit<Settings, 'hasEars' | 'canRecord' | 'canDial' | 'canMeet'>
  /** The call's story so far. */
  events: readonly StoredEvent[]
  /** '' when nothing was said. */
  text: string
  decide(turns: readonly Turn[], signal: AbortSignal): Promise<Verdict>
  signal: AbortSignal
  /** The clock's milliseconds; default Date.now. */
  now?: () => number
}

const textOnly = { hasEars: true, canRecord: false, canDial: false, canMeet: false } as const

/**
 * One answer on a line that is text: Try, and calls over the API. The same conversation as on the telephone, rebuilt from
 * the call's story, so that it needs no memory between requests and survives a restart. A decision that fails becomes the
 * sentence a caller would hear; this never throws for it.
 */
export async function replyInText(input: TextReplyInput): Promise<TextReply> {
  const now = input.now ?? Date.now
  const state = recallState({ ...input.settings, ...textOnly }, input.events)
  if (state.phase === 'ended') return summarise(state, [], null)
  const run = textRunner(state, now)
  if (!hasWords(input.text) && (input.text.trim() === '' || state.prompts > 0)) {
    run.take(heardNothing(state, now()))
    return summarise(run.state, run.effects, null)
  }
  run.feed({ type: 'utterance', at: now(), speechMs: 0, endedAt: now(), text: input.text })
  const asked = run.takeQuestion()
  if (!asked) return sayAgain(summarise(run.state, run.effects, null), run.state)
  const verdict = await askScreening(input, asked, run, now)
  return summarise(run.state, run.effects, verdict)
}

/** The first sentence of a text call whose decision is already known: what Try shows before the caller says anything. */
export function openInText(
  given: TextReplyInput['settings'],
  verdict: Verdict,
  now: () => number = Date.now,
): TextReply {
  const state: State = {
    ...initialState({ ...given, ...textOnly }),
    phase: 'listening',
    isAnswered: true,
    isDisclosed: true,
  }
  const run = textRunner(state, now)
  run.take(act(state, now(), verdict))
  return summarise(run.state, run.effects, verdict)
}

const hasWords = (text: string) => /[\p{L}\p{N}]/u.test(text)

/** Asks once whether somebody is there; after that a message is taken, as on the telephone. */
function heardNothing(state: State, at: number): Move {
  if (state.prompts === 0) return noInput(state, at)
  const givingUp = { ...state, prompts: limits.prompts }
  if (state.purpose === 'message') return noInput(givingUp, at)
  const noted = noteVerdict({
    action: 'voicemail',
    reason: 'The caller said nothing: a message is taken.',
    decidedBy: 'fallback',
    rung: 'conversation',
    facts: state.verdict?.facts ?? {},
  })
  return chain(move(givingUp, noted), s => noInput(s, at))
}

/** Words that hold no letter and no digit. */
function sayAgain(reply: TextReply, state: State): TextReply {
  if (reply.reply !== '' || reply.isOver) return reply
  const text = phrases(state.language).sayAgain
  const note: Note = { kind: 'said', data: { turn: state.playback + 1, text } }
  return { ...reply, reply: text, notes: [...reply.notes, note] }
}

async function askScreening(
  input: TextReplyInput,
  asked: Extract<Effect, { type: 'decide' }>,
  run: ReturnType<typeof textRunner>,
  now: () => number,
): Promise<Verdict | null> {
  const begunAt = now()
  try {
    const verdict = await input.decide(asked.turns, input.signal)
    run.feed({ type: 'decided', at: now(), turn: asked.turn, verdict, tookMs: Math.round(now() - begunAt) })
    return verdict
  } catch (error) {
    const message = error instanceof Error ? error.message : 'No decision.'
    run.feed({ type: 'decision_failed', at: now(), turn: asked.turn, message })
    return null
  }
}

/** Carries effects out as text does: what is spoken has been read at once, and nothing takes time. */
function textRunner(start: State, now: () => number) {
  const effects: Effect[] = []
  let state = start
  let question: Extract<Effect, { type: 'decide' }> | null = null

  function take(done: Move): void {
    state = done.state
    effects.push(...done.effects)
    for (const effect of done.effects) {
      if (effect.type === 'decide') question = effect
      if (effect.type === 'speak') {
        feed({ type: 'playback_finished', at: now(), playback: effect.playback, isComplete: true, playedMs: 0 })
      }
    }
  }

  function feed(event: DialogEvent): void {
    take(step(state, event))
  }

  return {
    get state() {
      return state
    },
    effects,
    feed,
    take,
    takeQuestion() {
      const asked = question
      question = null
      return asked
    },
  }
}

function summarise(state: State, effects: readonly Effect[], verdict: Verdict | null): TextReply {
  const spoken = effects.flatMap(effect => (effect.type === 'speak' ? [effect.parts.join(' ')] : []))
  const kept = effects.find(effect => effect.type === 'keep_number')
  const end = effects.find(effect => effect.type === 'end')
  return {
    reply: spoken.join(' '),
    verdict,
    action: state.action,
    callbackNumber: kept?.number ?? null,
    isOver: state.phase === 'ended',
    endedBy: end?.by ?? null,
    notes: effects.flatMap(effect => (effect.type === 'note' && isStory(effect.note) ? [effect.note] : [])),
  }
}

/** What a text call's story keeps: no clocks of a telephone. */
const isStory = (note: Note) => note.kind !== 'doing' && (note.kind !== 'measured' || note.data.stage === 'decision')

/** The state in which a text call stands after these events. */
export function recallState(settings: Settings, events: readonly StoredEvent[]): State {
  const fresh = initialState(settings)
  const turns: Turn[] = []
  const asked: string[] = []
  const prompting = new Set(
    (['en', 'de'] as const).map(phrases).flatMap(({ areYouThere, sayAgain }) => [areYouThere, sayAgain]),
  )
  let prompts = 0
  let action: Action | null = null
  let isOver = false
  let playback = 0
  for (const { kind, data } of events) {
    if (kind === 'said') {
      const text = String(data.text ?? '')
      playback = Math.max(playback, Number(data.turn ?? 0))
      turns.push({ who: 'assistant', text })
      if (prompting.has(text)) prompts += 1
      else if (action === 'ask_question') asked.push(text)
    } else if (kind === 'heard') {
      prompts = 0
      turns.push({ who: 'caller', text: String(data.text ?? '') })
    } else if (kind === 'decided') {
      action = actionOf(data.action) ?? action
      prompts = 0
    } else if (kind === 'ended') {
      isOver = true
    }
  }
  return {
    ...fresh,
    phase: isOver ? 'ended' : 'listening',
    isAnswered: true,
    isDisclosed: true,
    turns: turns.slice(-60),
    action,
    questions: asked.length,
    asked,
    prompts,
    playback,
    turn: turns.length,
    // after "please tell me your message" the next words are the message
    purpose: action === 'voicemail' ? 'message' : 'reason',
  }
}

function actionOf(value: unknown): Action | undefined {
  return (['forward', 'voicemail', 'ask_question', 'block'] as const).find(action => action === value)
}

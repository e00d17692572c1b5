import { randomUUID } from 'node:crypto'
import { beginCall, type CallOutcome, toColumns, toTranscript } from '#lib/calls/index.ts'
import { findLineForNumber } from '#lib/lines/index.ts'
import { log, maskNumber } from '#lib/log.ts'
import { recognise } from '#lib/people/index.ts'
import { isWithheld, numberKey } from '#lib/phone-number.ts'
import {
  converseDecision,
  type Decision,
  type HouseholdLine,
  listen,
  loadHousehold,
  type ScreenInput,
  type Source,
  screen,
} from '#lib/screening/index.ts'
import type { Engines } from '#lib/voice/adapters/index.ts'
import { createSession, type Outcome, type Session } from '#lib/voice/index.ts'
import type { Clock, Line } from '#lib/voice/ports.ts'
import type { Admission } from './admission.ts'
import type { Guests } from './guests.ts'
import { type AgentStory, createStory } from './story.ts'
import { createVoice, prepareLine, speakable } from './voice.ts'

/** What came in, on whatever kind of line. */
export type Incoming = {
  line: Line
  callId: string
  callerNumber: string
  calledNumber: string
  channel?: string
  source: Extract<Source, 'phone' | 'try'>
  /** Whose line it is; without it the called number says so. */
  userId?: number
  onNote?: (note: Parameters<AgentStory['add']>[0], atMs: number) => void
}

/** What every call of this process shares. */
export type House = {
  clock: Clock
  engines: Engines
  admission: Admission
  guests: Guests
  recordingsDir: string
  hasRoom: () => boolean
  /** A message is waiting to be transcribed. */
  onMessage: (recording: number) => void
}

export type RunningCall = { session: Session; userId: number; row: Promise<number>; done: Promise<void> }

const rowWithinMs = 250
const knowWithinMs = 3_000
const decideWithinMs = 4_000

/**
 * Serves one call from the first ring to the last row. The caller of a house that cannot be found goes to the dialplan's
 * fallback. Never rejects; `onRunning` gets the call while it runs.
 */
export async function serveCall(
  house: House,
  incoming: Incoming,
  onRunning: (call: RunningCall) => void,
): Promise<void> {
  const { line, calledNumber } = incoming
  const place = Symbol(incoming.callId)
  try {
    const owner = await within(house.clock, knowWithinMs, findOwner(incoming))
    if (!owner) {
      log.warn({ called: maskNumber(calledNumber) }, 'a call for a number that is nobody’s goes to the fallback')
      return await line.release()
    }
    line.ringLike(owner.line.country)
    const key = numberKey(incoming.callerNumber, owner.line.country)
    const known = await recognise(owner.userId, key, owner.line.country).catch(() => null)
    const admitted = house.admission.enter(place, key, known?.person != null && known.person.trust !== 'blocked')
    if (admitted === 'refused') {
      log.warn({ caller: maskNumber(incoming.callerNumber) }, 'a caller with two calls already is refused')
      return await line.hangUp('busy')
    }
    if (admitted === 'overflow') {
      log.warn('all lines of this machine are taken: a call goes to the fallback')
      return await line.release()
    }
    await converse(house, incoming, owner, admitted === 'ears', onRunning)
  } catch (error) {
    log.error({ err: error }, 'a call could not be served and goes to the fallback')
    await line.release().catch(() => {})
  } finally {
    house.admission.leave(place)
  }
}

type Owner = { userId: number; line: HouseholdLine }

async function findOwner({ userId, calledNumber }: Incoming): Promise<Owner | null> {
  const owner = userId ?? (await findLineForNumber(calledNumber))?.userId
  if (owner === undefined) return null
  const { line } = await loadHousehold(owner, calledNumber)
  return { userId: owner, line }
}

async function converse(
  house: House,
  incoming: Incoming,
  { userId, line: saved }: Owner,
  hasPlace: boolean,
  onRunning: (call: RunningCall) => void,
): Promise<void> {
  const { clock, engines } = house
  const rules = speakable(saved, engines.canSpeak)
  const startedAt = clock.now()
  const at = Date.now()
  const row = beginRow(house, incoming, userId, rules, at)
  const known = await Promise.race([row, wait(clock, rowWithinMs).then(() => undefined)]).catch(() => undefined)
  const story = createStory({ ...house, userId, row })
  const preparing = new AbortController()
  void prepareLine(engines, rules, preparing.signal).catch(() => {})

  let last: Decision | null = null
  let asked: Decision['ladder'] = []
  const input = (turns: ScreenInput['turns']): ScreenInput => ({
    userId,
    callerNumber: incoming.callerNumber,
    calledNumber: incoming.calledNumber,
    source: incoming.source,
    turns,
    // a row that is written late must not count as an earlier call: what came before this instant does
    at,
    deadlineMs: decideWithinMs,
    ...(known !== undefined && { call: known }),
  })
  const remember = (decision: Decision): Decision => {
    const before = (last?.ladder ?? asked).filter(step => !decision.ladder.some(({ rung }) => rung === step.rung))
    last = { ...decision, ladder: [...before, ...decision.ladder] }
    story.change(toColumns(last))
    return decision
  }

  const stt = hasPlace ? engines.stt : null
  const session = createSession(
    {
      line: incoming.line,
      clock,
      stt,
      voice: createVoice(engines, rules.voice),
      screen: async signal => {
        // before a word was said this asks no model; what the conversation would do stays open
        const decision = await screen({ ...input([]), signal, deadlineMs: 2_500 })
        const isOpen = decision.rung === 'conversation' || decision.rung === 'fallback'
        if (isOpen) asked = decision.ladder.filter(({ rung }) => rung !== decision.rung)
        return isOpen ? null : remember(decision)
      },
      decide: async (turns, signal) => remember(await converseDecision(input(turns), signal)),
      findNumber: (text, language) =>
        listen([{ who: 'caller', text }], { country: rules.country, language }).facts.callbackNumber ??
        (/^[\d\s+()/-]{5,}$/.test(text) ? text.replace(/[^\d+]/g, '') : undefined),
      guest: async options => house.guests.expect(await row, options),
      story: incoming.onNote ? withListener(story, incoming.onNote) : story,
    },
    {
      language: rules.language,
      otherLanguage: rules.otherLanguage,
      greeting: rules.greeting,
      disclosure: rules.disclosure,
      isRecording: rules.isRecording,
      callerNumber: isWithheld(incoming.callerNumber) ? null : incoming.callerNumber.slice(0, 64),
      destinations: rules.destinations,
      hasEars: stt !== null,
      canRecord: house.hasRoom(),
      canDial: incoming.line.kind === 'phone',
      canMeet: incoming.line.kind !== 'text',
    },
  )
  const { promise: done, resolve: setDone } = Promise.withResolvers<void>()
  onRunning({ session, userId, row, done })
  const outcome = await session.run()
  preparing.abort()
  await story.finish(toOutcome(outcome, last, clock.now() - startedAt))
  for (const recording of story.messages) house.onMessage(recording)
  setDone()
}

/** A database that is locked is waited for beside the conversation, for as long as the call may last. */
async function beginRow(
  { clock }: House,
  incoming: Incoming,
  userId: number,
  line: HouseholdLine,
  at: number,
): Promise<number> {
  for (let waitMs = 200; ; waitMs = Math.min(waitMs * 2, 3_000)) {
    try {
      const { call } = await beginCall(
        { userId },
        {
          callId: incoming.callId.slice(0, 120) || randomUUID(),
          callerNumber: incoming.callerNumber,
          calledNumber: incoming.calledNumber,
          source: incoming.source,
          callerKey: numberKey(incoming.callerNumber, line.country),
          lineId: line.id,
          at,
          ...(incoming.channel && { channel: incoming.channel.slice(0, 128) }),
        },
      )
      return call
    } catch (error) {
      if (Date.now() - at > 900_000) throw error
      log.warn({ err: error }, 'a call’s row could not be written yet')
      await wait(clock, waitMs)
    }
  }
}

const messages: Record<NonNullable<Outcome['action']>, string> = {
  forward: 'Forwarding call',
  voicemail: 'Taking a message',
  ask_question: 'The call ended with a question open',
  block: 'Call refused',
}

function toOutcome(outcome: Outcome, last: Decision | null, atMs: number): CallOutcome {
  const { action, by, verdict, turns } = outcome
  const isAsDecided = last !== null && last.action === action
  const byOwner = verdict?.decidedBy === 'owner'
  return {
    action,
    endedBy: by,
    atMs,
    status: by === 'fault' && action === null ? 'failed' : 'completed',
    message: isAsDecided ? last.message : action ? messages[action] : 'The caller hung up',
    transcript: toTranscript(turns),
    ...(byOwner && { decidedBy: 'owner' as const, rung: 'owner', reason: verdict.reason }),
    ...(verdict?.destination && action === 'forward' && { destination: verdict.destination }),
  }
}

function withListener(story: AgentStory, onNote: NonNullable<Incoming['onNote']>): AgentStory {
  return {
    ...story,
    add(note, atMs) {
      story.add(note, atMs)
      onNote(note, atMs)
    },
  }
}

const wait = (clock: Clock, ms: number) => new Promise<void>(resolve => clock.after(ms, resolve))

async function within<T>(clock: Clock, ms: number, work: Promise<T>): Promise<T> {
  const late = wait(clock, ms).then(() => {
    throw new Error('It took too long to find out whose call this is.')
  })
  return Promise.race([work, late])
}

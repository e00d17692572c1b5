import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { getPriority, setPriority } from 'node:os'
import { join } from 'node:path'
import type { CallDetailDto } from '#lib/calls/contract.ts'
import { findCallDetail, listCalls } from '#lib/calls/index.ts'
import { changeLine, listLines } from '#lib/lines/index.ts'
import { createPhraseCache } from '#lib/voice/adapters/phrases.ts'
import { createVoices } from '#lib/voice/adapters/voices.ts'
import { tone } from '../../e2e/asterisk/ear.ts'
import { type House, numbers, startHouse } from '../../e2e/asterisk/house.ts'
import type { Person } from '../../e2e/asterisk/people.ts'
import { eventually } from '../../e2e/asterisk/waiting.ts'
import { startWorld, type World } from '../../e2e/asterisk/world.ts'
import { settings } from '../data.ts'
import { type Subject, start, stop } from '../subject.ts'

/** Everything that is measured, running: Asterisk, the voice process, the web process, a recogniser of its own. */
export type Place = {
  readonly world: World
  readonly house: House
  readonly web: Subject
  /** What the callers ring hears from now on: a spoken hello, and a question that is spoken or (for `tone`) a steady tone. */
  greetWith(greeting: 'question' | 'tone'): Promise<void>
  /** A new caller, answered. */
  call(): Promise<{ caller: Person; from: string; answeredMs: number }>
  /** That caller's call as the owner sees it, once `isReady` says so. */
  story(from: string, isReady: (call: CallDetailDto) => boolean): Promise<CallDetailDto>
  /** Every caller has gone, and Asterisk holds nothing. */
  empty(): Promise<void>
  close(): Promise<void>
}

export const toneMs = 25_000
const greetings = {
  question: 'Good morning. What is it about?',
  // its text says how long it may take; what is heard is the tone
  tone: `Good morning. ${'This question is a steady tone, so that no pause in a sentence looks like silence, '.repeat(4)}is it not?`,
} as const
const recogniserNiceness = 5

export async function startPlace(): Promise<Place> {
  const [world, recogniser] = await Promise.all([startWorld({ index: 2 }), startRecogniserProcess()])
  const house = await startHouse(world, { STT_URL: recogniser.url, TTS_VOICE: 'rms', MAX_CONVERSATIONS: '34' })
  const web = await start('server/main.ts', settings(house.folder))
  await recordTone(house.folder)
  preferCallers(readPid(world.outside.folder))
  let serial = 100

  async function call() {
    const from = `+4930557${String(serial++).padStart(4, '0')}`
    const caller = await world.people.call(numbers.line, { from })
    return { caller, from, answeredMs: await caller.answered }
  }

  async function story(from: string, isReady: (call: CallDetailDto) => boolean): Promise<CallDetailDto> {
    return eventually(async () => {
      const { calls } = await listCalls(house.owner, { limit: 50 })
      const mine = calls.find(one => one.callerNumber === from)
      if (!mine) throw new Error('There is no call yet.')
      const detail = await findCallDetail(house.owner, String(mine.id))
      if (!isReady(detail)) throw new Error(`It did not happen: ${JSON.stringify(detail.timeline.slice(-5))}`)
      return detail
    }, 30_000)
  }

  async function empty(): Promise<void> {
    await world.people.hangUpAll()
    await eventually(async () => {
      const left = await world.leftovers()
      if (left.length > 0) throw new Error(`Something was left behind: ${left}`)
    }, 20_000)
  }

  return {
    world,
    house,
    web,
    call,
    story,
    empty,
    async greetWith(kind) {
      const [line] = await listLines(house.owner)
      await changeLine(house.owner, line!.id, { greeting: greetings[kind], disclosure: 'I am the assistant.' })
      // the first call of a new greeting makes its sound
      const { caller } = await call()
      await caller.ear.sound()
      await empty()
    },
    async close() {
      await stop(web)
      await house.close()
      await world.close()
      recogniser.child.kill('SIGTERM')
    },
  }
}

/** A recogniser in a process of its own, as little favoured as the service's own ears are. */
export async function startRecogniserProcess(): Promise<{ url: string; child: ChildProcess }> {
  const child = spawn(process.execPath, ['e2e/recogniser/main.ts'], { stdio: ['ignore', 'pipe', 'inherit'] })
  setPriority(child.pid!, recogniserNiceness)
  const [said] = (await once(child.stdout, 'data')) as [Buffer]
  return { url: String(said).trim().replace('STT_URL=', ''), child }
}

/** In the cache of spoken phrases a tone stands where the question would be. */
async function recordTone(folder: string): Promise<void> {
  const voices = createVoices(() => [
    {
      isPreferred: true,
      tts: {
        name: 'flite',
        voices: [{ id: 'flite:rms', language: 'en', label: 'Tone' }],
        async *speak() {
          yield tone(440, toneMs)
        },
        async close() {},
      },
    },
  ])
  const signal = new AbortController().signal
  const question = greetings.tone.slice('Good morning. '.length)
  await createPhraseCache(join(folder, 'phrases'), voices).get(question, { voice: 'rms', language: 'en', signal })
}

/** Starts a process as an ordinary one, although this one may be preferred. */
export function ordinarily<T>(begin: () => T): T {
  const mine = getPriority(0)
  setPriority(0, Math.max(0, mine))
  try {
    return begin()
  } finally {
    setPriority(0, mine)
  }
}

/** What is measured is how late the service is, not the callers who listen to it; where the system allows it, they go first. */
function preferCallers(outsidePid: number): void {
  try {
    for (const thread of readdirSync(`/proc/${outsidePid}/task`)) setPriority(Number(thread), -15)
    setPriority(0, -15)
  } catch {
    console.log('The callers share the machine like everybody else: without root their own lateness is in the numbers.')
  }
}

function readPid(folder: string): number {
  return Number(readFileSync(join(folder, 'run', 'asterisk.pid'), 'utf8'))
}

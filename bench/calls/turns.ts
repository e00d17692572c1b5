import type { CallDetailDto } from '#lib/calls/contract.ts'
import { frameMs, frameSamples, type Pcm } from '#lib/voice/ports.ts'
import { levelOf } from '../../e2e/asterisk/ear.ts'
import type { Person } from '../../e2e/asterisk/people.ts'
import { doingNow } from '../../e2e/asterisk/talking.ts'
import type { Place } from './place.ts'
import { quantile, type Report } from './report.ts'
import { inLanes, pause, say, sentence } from './talking.ts'

const words = sentence('Hello, this is John Baker. I am calling about the meeting.')
/** Our own part of a turn, beside end-pointing, recogniser and model. */
const besideMs = 250
const turnMs = 2_200
const stretch = 4
const audible = 300
/** Shorter than the breath before a reply, longer than the pauses inside a word. */
const breathFrames = 3

type Turn = {
  endPointing: number
  stt: number
  decision: number
  tts: number
  transport: number
  whole: number
  beside: number
}

/** One turn of a caller, timed at their mouth and ear; its stages by the call's own record. Null when no reply came. */
async function takeTurn(place: Place): Promise<Turn | null> {
  const { caller, from } = await place.call()
  await place.story(from, call => doingNow(call) === 'Listening')
  await caller.ear.quiet({ fromMs: performance.now(), lastingMs: 300 })
  const { toMs } = await say(caller, words)
  const call = await place.story(from, ({ latencyMs }) => latencyMs.reply_at_ear !== undefined).catch(() => null)
  const turn = call && (await timeTurn(caller, call, toMs).catch(() => null))
  await caller.hangUp()
  await caller.ended
  return turn
}

async function timeTurn(caller: Person, { latencyMs }: CallDetailDto, toMs: number): Promise<Turn> {
  const stage = (name: string) => latencyMs[name] ?? 0
  const [ended, stt, decision] = [stage('end_of_speech'), stage('heard_to_transcript'), stage('decision')]
  const replyMs = stage('reply_at_ear')
  await pause(600)
  const whole = replyHeardMs(caller.ear.pcm(toMs), replyMs)
  return {
    endPointing: ended - stt,
    stt,
    decision,
    tts: replyMs - ended - decision,
    transport: whole - replyMs,
    whole,
    beside: whole - ended - decision,
  }
}

/**
 * When the reply began at the caller's ear: the first sound behind a breath, from where the call's own record says that it was
 * sent. Before it there may have been "one moment". Counted in frames, as a telephone plays them: this process reads several
 * at once when it had to wait.
 */
function replyHeardMs(heard: Pcm, sentMs: number): number {
  const isSound = Array.from(
    { length: Math.floor(heard.length / frameSamples) },
    (_, at) => levelOf(heard.subarray(at * frameSamples, (at + 1) * frameSamples)) > audible,
  )
  for (let at = Math.floor(sentMs / frameMs); at + 1 < isSound.length; at++) {
    const isBehindBreath = !isSound.slice(Math.max(0, at - breathFrames), at).includes(true)
    if (isBehindBreath && isSound[at] && isSound[at + 1]) return at * frameMs
  }
  throw new Error('The reply was not heard.')
}

/** One call at a time: from the end of the caller's words to the first sound of the reply, and where the time went. */
export async function measureTurns(place: Place, report: Report, count: number, suffix: string): Promise<void> {
  const taken: (Turn | null)[] = []
  await inLanes(count, 1, async () => void taken.push(await takeTurn(place)))
  await place.empty()
  const turns = taken.filter(turn => turn !== null)
  const of = (stage: keyof Turn) => turns.map(turn => turn[stage])
  report.times(`turn: end-pointing, beside the recogniser${suffix}`, of('endPointing'))
  report.times(`turn: the test recogniser${suffix}`, of('stt'))
  report.times(`turn: decision (rules and built-in listener)${suffix}`, of('decision'))
  report.times(`turn: decision to our first frame (voice, or the end of "one moment")${suffix}`, of('tts'))
  report.times(`turn: from the caller's mouth to us and from us to their ear${suffix}`, of('transport'))
  report.times(`turn: beside end-pointing, recogniser and decision${suffix}`, of('beside'), {
    of: 'p95',
    most: besideMs,
  })
  report.times(`whole turn: end of speech to first audio of the reply${suffix}`, of('whole'), {
    of: 'p95',
    most: turnMs,
  })
  const missing = taken.length - turns.length
  if (missing > 0) report.fact(`turns without a reply within 30 s${suffix}`, `${missing} of ${count}`, '0', false)
}

/** Callers who all speak in the same instant: how many are answered as one alone would be. */
export async function measureConversations(place: Place, report: Report, counts: readonly number[]): Promise<void> {
  let held = 0
  for (const count of counts) {
    const turns = await Promise.all(Array.from({ length: count }, () => takeTurn(place)))
    await place.empty()
    const whole = turns.map(turn => turn?.whole ?? Number.POSITIVE_INFINITY).sort((a, b) => a - b)
    report.times(`whole turn, ${count} ${count === 1 ? 'caller' : 'callers who speak at once'}`, whole)
    if (quantile(whole, 0.95) > turnMs) break
    held = count
  }
  report.fact(
    'conversations with ears at once whose turns stay within 2.2 s (p95)',
    `${held}${held === Math.max(...counts) ? ' or more' : ''}`,
    `at least 2, stretch ${stretch}`,
    held >= 2,
  )
}

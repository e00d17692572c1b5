import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'
import { connectTelephony, type PhoneLine } from '#lib/telephony/index.ts'
import { createFlite } from '#lib/voice/adapters/flite.ts'
import { vadModulePath } from '#lib/voice/adapters/index.ts'
import { tone } from '../e2e/asterisk/ear.ts'
import type { Person } from '../e2e/asterisk/people.ts'
import { callQueue, eventually, realClock } from '../e2e/asterisk/waiting.ts'
import { startWorld } from '../e2e/asterisk/world.ts'

// What a caller hears and when, on a real Asterisk: two instances on loopback, the caller's mouth and ear in this process, on
// one clock. Everything runs on the same machine, so its load is in the numbers. ROUNDS=20 LEGS=1,10,30 can be changed.

const rounds = Number(process.env.ROUNDS ?? 20)
const legCounts = (process.env.LEGS ?? '1,10,30').split(',').map(Number)
const marks = ['<!-- calls: begin -->', '<!-- calls: end -->'] as const
const rows: { stage: string; p50: number; p95: number; p99: number; goal: string }[] = []

function add(stage: string, values: number[], goal = ''): void {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
  rows.push({ stage, p50: at(0.5), p95: at(0.95), p99: at(0.99), goal })
  console.log(`${stage}: p50 ${at(0.5).toFixed(0)} p95 ${at(0.95).toFixed(0)} p99 ${at(0.99).toFixed(0)} ms (${goal})`)
}

const pause = (ms: number) => new Promise<void>(resolve => setTimeout(resolve, ms))
const world = await startWorld({ index: 2 })
const calls = callQueue()
const telephony = await connectTelephony({
  env: world.env,
  clock: realClock,
  onCall: calls.push,
  media: { vadModule: vadModulePath },
})
await telephony.connected()

async function open(): Promise<{ caller: Person; line: PhoneLine; answeredMs: number; setUpMs: number }> {
  const [caller, { line }] = await Promise.all([world.people.call('030555100'), calls.next()])
  const begunMs = performance.now()
  await line.answer()
  const setUpMs = performance.now() - begunMs
  return { caller, line, answeredMs: await caller.answered, setUpMs }
}

const setUps: number[] = []
const firstSounds: number[] = []
const silences: number[] = []
for (let round = 0; round < rounds; round++) {
  const { caller, line, answeredMs, setUpMs } = await open()
  line.play(1, tone(440, 4_000), '')
  setUps.push(setUpMs)
  firstSounds.push((await caller.ear.sound()) - answeredMs)
  await pause(300)
  const pausedMs = performance.now()
  line.pause()
  silences.push(Math.max(0, (await caller.ear.quiet({ fromMs: pausedMs, lastingMs: 300 })) - pausedMs))
  await line.hangUp('normal')
}
add('answer, media and bridge', setUps)
add("answer to first sound at the caller's ear", firstSounds, '300-700 p95')
add("our decision to be silent to silence at the caller's ear", silences)

const speech = createFlite()('Wait a moment, I would like to say something about that.', 'rms')
const interruptions: number[] = []
for (let round = 0; round < rounds; round++) {
  const { caller, line } = await open()
  let stopped = false
  line.on(event => {
    if (event.type !== 'speech_started') return
    stopped = true
    line.pause()
  })
  line.play(1, tone(440, 8_000), '')
  line.listen({ endOfSpeechMs: 400, isSpeaking: true })
  await caller.ear.sound()
  await pause(500)
  const spokeMs = performance.now()
  await caller.say(speech)
  if (stopped) interruptions.push((await caller.ear.quiet({ fromMs: spokeMs, lastingMs: 300 })) - spokeMs)
  await line.hangUp('normal')
}
add("caller's speech to silence of our voice", interruptions, '400 p95')

for (const legs of legCounts) {
  const open1 = await Promise.all(Array.from({ length: legs }, () => open()))
  for (const { line } of open1) line.play(1, tone(440, 8_000), '')
  await pause(1_500)
  const fromMs = performance.now()
  await pause(5_000)
  add(
    `between frames at the caller's ear, ${legs} ${legs === 1 ? 'leg' : 'legs'}`,
    open1.flatMap(({ caller }) => caller.ear.intervals(fromMs)),
    'p99 under 30 at 30 legs',
  )
  await Promise.all(open1.map(({ line }) => line.hangUp('normal')))
}

await eventually(async () => {
  if ((await world.leftovers()).length > 0) throw new Error('Something was left behind.')
}, 20_000)
await telephony.close()
await world.close()
write()
process.exit(0)

function write(): void {
  const file = join(import.meta.dirname, 'RESULTS.md')
  const old = existsSync(file) ? readFileSync(file, 'utf8') : '# What was measured\n'
  const part = [
    marks[0],
    '## Telephone (`npm run bench:calls`)',
    '',
    `Measured ${new Date().toISOString().slice(0, 10)} on ${cpus().length} cores (${Math.round(totalmem() / 1e9)} GB), Node ${process.versions.node}, Asterisk 22 on loopback, both ends and the caller on the same machine.`,
    '',
    '| stage (ms) | p50 | p95 | p99 | goal |',
    '|---|---|---|---|---|',
    ...rows.map(
      ({ stage, p50, p95, p99, goal }) =>
        `| ${stage} | ${p50.toFixed(0)} | ${p95.toFixed(0)} | ${p99.toFixed(0)} | ${goal} |`,
    ),
    '',
    marks[1],
  ].join('\n')
  const [from, to] = [old.indexOf(marks[0]), old.indexOf(marks[1])]
  writeFileSync(
    file,
    from < 0 ? `${old.trimEnd()}\n\n${part}\n` : old.slice(0, from) + part + old.slice(to + marks[1].length),
  )
}

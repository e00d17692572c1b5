import { busyEars } from './calls/load.ts'
import { measureLockedDatabase, measurePacing, measurePacingUnderLoad } from './calls/pacing.ts'
import { startPlace } from './calls/place.ts'
import { measureLeaks, measureMemory } from './calls/remains.ts'
import { createReport } from './calls/report.ts'
import { measureConversations, measureTurns } from './calls/turns.ts'
import { measureDetection, measureVoice } from './calls/voice.ts'

// `npm run bench:calls`: what a caller hears and when, on a real Asterisk, each stage on its own, in about seven minutes.
// Everything runs on this machine, so its load is in the numbers. Can be changed: ROUNDS=20 (calls for answer and
// interruption), TURNS=6, LEGS=1,10,30, CONVERSATIONS=1,2,4,8, CALLS=20 (for what is left behind; 1000 by `npm run soak`),
// ONLY=voice,turns,pacing,conversations,locked,leaks (writes nothing).

const number = (name: string, standard: number) => Number(process.env[name] ?? standard)
const numbers = (name: string, standard: string) => (process.env[name] ?? standard).split(',').map(Number)
const rounds = number('ROUNDS', 20)
const turns = number('TURNS', 6)
const legs = numbers('LEGS', '1,10,30')
const conversations = numbers('CONVERSATIONS', '1,2,4,8')
const calls = number('CALLS', 20)
const only = process.env.ONLY?.split(',')

const isWanted = (stage: string) => only?.includes(stage) ?? true
const busy = ', busy ears'

const report = createReport()
const place = await startPlace()
try {
  await place.greetWith('tone')
  if (isWanted('voice')) {
    await measureDetection(report)
    await measureVoice(place, report, rounds, '')
    await whileEarsAreBusy(() => measureVoice(place, report, rounds, busy))
  }
  if (isWanted('pacing')) {
    for (const count of legs) await measurePacing(place, report, count)
    await measurePacingUnderLoad(place, report, Math.max(...legs))
  }
  if (isWanted('locked')) await measureLockedDatabase(place, report, 4)
  await place.greetWith('question')
  if (isWanted('turns')) {
    await measureTurns(place, report, turns, '')
    await whileEarsAreBusy(() => measureTurns(place, report, turns, busy))
  }
  if (isWanted('conversations')) await measureConversations(place, report, conversations)
  await measureMemory(place, report)
  if (isWanted('leaks')) await measureLeaks(place, report, calls)
} finally {
  await place.close()
}
if (!only) report.write()
process.exit(0)

async function whileEarsAreBusy(measure: () => Promise<void>): Promise<void> {
  const ears = await busyEars()
  try {
    await measure()
  } finally {
    await ears.end()
  }
}

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { Person } from '../../e2e/asterisk/people.ts'
import { busyEars, logins } from './load.ts'
import { ordinarily, type Place } from './place.ts'
import type { Report } from './report.ts'
import { pause } from './talking.ts'

const windowMs = 8_000
const lockMs = 5_000
const loginGoal = { of: 'p99', most: 60 } as const

/** Callers who all hear the tone. */
async function listeners(place: Place, count: number): Promise<Person[]> {
  const calls = await Promise.all(Array.from({ length: count }, () => place.call()))
  await Promise.all(
    calls.map(({ from }) => place.story(from, ({ timeline }) => timeline.some(({ kind }) => kind === 'said'))),
  )
  await pause(500)
  return calls.map(({ caller }) => caller)
}

const gaps = (callers: readonly Person[], fromMs: number) => callers.flatMap(({ ear }) => ear.intervals(fromMs))

/** The time between two frames at the ear of each of `legs` callers. */
export async function measurePacing(place: Place, report: Report, legs: number): Promise<void> {
  const callers = await listeners(place, legs)
  const fromMs = performance.now()
  await pause(windowMs)
  const stage = `between frames at the caller's ear, ${legs} ${legs === 1 ? 'leg' : 'legs'}`
  report.times(stage, gaps(callers, fromMs), { of: 'p99', most: 30 })
  await place.empty()
}

/** The same while the ears are busy and eight clients sign in at the web process. */
export async function measurePacingUnderLoad(place: Place, report: Report, legs: number): Promise<void> {
  const callers = await listeners(place, legs)
  const ears = await busyEars()
  const fromMs = performance.now()
  const { perSecond } = await logins(place.web, windowMs)
  const found = gaps(callers, fromMs)
  await ears.end()
  report.times(`between frames at the caller's ear, ${legs} legs, busy ears, logins`, found, loginGoal)
  report.fact('logins meanwhile', `${perSecond.toFixed(0)} a second`)
  await place.empty()
}

/** What callers hear while somebody else holds the database. */
export async function measureLockedDatabase(place: Place, report: Report, legs: number): Promise<void> {
  const callers = await listeners(place, legs)
  const locker = ordinarily(() => lockDatabase(join(place.house.folder, 'users.db')))
  await once(locker.stdout, 'data')
  const fromMs = performance.now()
  await once(locker, 'exit')
  const stage = `between frames while the database is locked for 5 s, ${legs} legs`
  report.times(stage, gaps(callers, fromMs), { of: 'max', most: 60 })
  await place.empty()
}

function lockDatabase(file: string) {
  const program = `
    import SQLite from 'better-sqlite3'
    const file = new SQLite(process.argv[1], { timeout: 20000 })
    file.exec('begin immediate')
    console.log('locked')
    setTimeout(() => { file.exec('commit'); file.close() }, ${lockMs})`
  return spawn(process.execPath, ['--input-type=module', '-e', program, file], { stdio: ['ignore', 'pipe', 'inherit'] })
}

import type { Hours } from './contract.ts'

/** Wall-clock time in a zone: an ISO date, an ISO day (1 is Monday), minutes after midnight. */
export type LocalTime = { date: string; day: number; minute: number }

/** More than the world has; nothing that people type can grow what is kept here. */
const mostZones = 1_000
const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  })
  formats.set(timeZone, made)
  return made
}

const lastMinutes = new Map<string, { minute: number; local: LocalTime }>()

/** What the clock on the wall shows there; summer time is Intl's business. An unknown zone counts as UTC. */
export function localTime(at: number, timeZone: string): LocalTime {
  const minute = Math.floor(at / 60_000)
  const known = lastMinutes.get(timeZone)
  if (known?.minute === minute) return known.local
  const local = readClock(at, timeZone)
  if (lastMinutes.size >= mostZones) lastMinutes.clear()
  lastMinutes.set(timeZone, { minute, local })
  return local
}

/** The instant at which that clock shows `time` (`22:00`) on the day of `at`; an hour that summer time skips is the one after it. */
export function atTime(at: number, time: string, timeZone: string): number {
  const [hour = 0, minute = 0] = time.split(':').map(Number)
  const { date } = localTime(at, timeZone)
  const wanted = Date.parse(`${date}T00:00:00Z`) + (hour * 60 + minute) * 60_000
  let found = wanted
  // What the clock shows is off by the zone's distance from UTC; twice, because the distance may change on the way.
  for (let i = 0; i < 2; i++) {
    const shown = localTime(found, timeZone)
    found += wanted - (Date.parse(`${shown.date}T00:00:00Z`) + shown.minute * 60_000)
  }
  return found
}

function readClock(at: number, timeZone: string): LocalTime {
  let format: Intl.DateTimeFormat
  try {
    format = formatOf(timeZone)
  } catch {
    format = formatOf('UTC')
  }
  const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]))
  const date = `${parts.year}-${parts.month}-${parts.day}`
  return { date, day: isoDay(date), minute: Number(parts.hour) * 60 + Number(parts.minute) }
}

function isoDay(date: string): number {
  return new Date(`${date}T00:00:00Z`).getUTCDay() || 7
}

function toMinute(time: string): number {
  const [hour, minute] = time.split(':')
  return Number(hour) * 60 + Number(minute)
}

/** Whether one of the spans holds this minute. A span whose end is not after its begin runs over midnight into the next day. */
export function isWithin(hours: Hours, { day, minute }: LocalTime): boolean {
  return hours.some(span => {
    const from = toMinute(span.from)
    const to = toMinute(span.to)
    if (from < to) return span.day === day && minute >= from && minute < to
    const next = (span.day % 7) + 1
    return (span.day === day && minute >= from) || (next === day && minute < to)
  })
}

/** A line without hours is always open, except on its holidays. */
export function isOpen(line: { hours: Hours; holidays: readonly string[]; timeZone: string }, at: number): boolean {
  const local = localTime(at, line.timeZone)
  if (line.holidays.includes(local.date)) return false
  return line.hours.length === 0 || isWithin(line.hours, local)
}

import type { Database } from '#db/open.ts'
import { toInstant } from '../instant.ts'
import type { StatsDto } from './contract.ts'
import { countUnread } from './repo-list.ts'
import { countByHour, decisionTimes, type HourRow } from './repo-stats.ts'

const dayMs = 86_400_000
/** What a call costs a person who picks it up only to find that it was not for them. */
const minutesPerCall = 2

type Asked = { userId: number; days: number; timeZone: string; nowMs: number }
type Day = StatsDto['perDay'][number]

/** The overview of one owner's last days, in the days of `timeZone`. Reads many rows: run it apart from the loop. */
export async function computeStats(db: Database, { userId, days, timeZone, nowMs }: Asked): Promise<StatsDto> {
  const dayOf = dayNamer(timeZone)
  const names = lastDays(nowMs, days, dayOf)
  // A day begins up to 14 hours before or after it does in Greenwich; what is too early is dropped below.
  const from = toInstant(nowMs - days * dayMs - dayMs / 2)
  const [hours, times, unread] = await Promise.all([
    countByHour(db, userId, from),
    decisionTimes(db, userId, from),
    countUnread(db, userId),
  ])
  const perDay = new Map(names.map(name => [name, emptyDay(name)]))
  const byAction = { forward: 0, voicemail: 0, ask_question: 0, block: 0, none: 0 }
  const bySource = { phone: 0, api: 0, app: 0, try: 0 }
  let total = 0
  let talkTimeMs = 0
  for (const row of hours) {
    const day = perDay.get(dayOf(Date.parse(`${row.hour}:00:00.000Z`)))
    if (!day) continue
    addTo(day, row)
    byAction[row.action ?? 'none'] += row.count
    bySource[row.source] += row.count
    total += row.count
    talkTimeMs += row.talkMs
  }
  times.sort((a, b) => a - b)
  const handled = total - byAction.forward - byAction.none
  return {
    from: names[0]!,
    to: names.at(-1)!,
    total,
    unread,
    perDay: [...perDay.values()],
    byAction,
    bySource,
    talkTimeMs,
    latency: { p50Ms: percentile(times, 0.5), p95Ms: percentile(times, 0.95), samples: times.length },
    minutesSaved: Math.round(handled * minutesPerCall + talkTimeMs / 60_000),
  }
}

const emptyDay = (day: string): Day => ({ day, total: 0, forward: 0, voicemail: 0, ask_question: 0, block: 0, none: 0 })

function addTo(day: Day, { action, count }: HourRow): void {
  day[action ?? 'none'] += count
  day.total += count
}

/** Of sorted values, the smallest that `share` of them do not exceed. */
function percentile(sorted: number[], share: number): number | null {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? null
}

/** `2026-02-04` for an instant, as the calendar says it in the zone; an unknown zone counts as UTC. */
function dayNamer(timeZone: string): (atMs: number) => string {
  const options = { year: 'numeric', month: '2-digit', day: '2-digit' } as const
  let format: Intl.DateTimeFormat
  try {
    format = new Intl.DateTimeFormat('en-CA', { ...options, timeZone })
  } catch {
    format = new Intl.DateTimeFormat('en-CA', { ...options, timeZone: 'UTC' })
  }
  const seen = new Map<number, string>()
  return atMs => {
    const name = seen.get(atMs) ?? format.format(atMs)
    seen.set(atMs, name)
    return name
  }
}

/** The names of the last days, the oldest first. Steps of half a day never jump over one, also when clocks change. */
function lastDays(nowMs: number, days: number, dayOf: (atMs: number) => string): string[] {
  const names: string[] = []
  for (let atMs = nowMs; names.length < days; atMs -= dayMs / 2) {
    const name = dayOf(atMs)
    if (names.at(-1) !== name) names.push(name)
  }
  return names.reverse()
}

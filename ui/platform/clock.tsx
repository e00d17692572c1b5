import { createContext, type ReactNode, use, useEffect, useMemo, useState } from 'react'
import { type Strings, useStrings } from '../strings/catalogue.tsx'

type Place = { timeZone: string; startedAt: number }

const PlaceContext = createContext<Place>({ timeZone: 'UTC', startedAt: 0 })

/** The person's time zone, and the server's clock for the first paint, so that both sides write the same words. */
export function PlaceProvider(props: { timeZone: string; now: number; children: ReactNode }) {
  const place = useMemo(() => ({ timeZone: props.timeZone, startedAt: props.now }), [props.timeZone, props.now])
  return <PlaceContext value={place}>{props.children}</PlaceContext>
}

export const useTimeZone = () => use(PlaceContext).timeZone

/** Now, moving on every `everyMs`; the first paint uses the server's now. */
export function useNow(everyMs = 30_000): number {
  const { startedAt } = use(PlaceContext)
  const [now, setNow] = useState(startedAt)
  useEffect(() => {
    setNow(Date.now())
    const timer = setInterval(() => setNow(Date.now()), everyMs)
    return () => clearInterval(timer)
  }, [everyMs])
  return now
}

export type Formats = {
  time(instant: string): string
  /** "Today", "Yesterday", "Monday", "Monday, 2 March". */
  day(instant: string, now: number): string
  dayKey(instant: string): string
  date(instant: string): string
  dateTime(instant: string): string
  /** "48 s", "3 min 5 s", "4 h 57 min". */
  duration(ms: number): string
  /** "0.41 s". */
  latency(ms: number): string
  /** "1:08", for a player or a running call. */
  clock(ms: number): string
  number(value: number): string
  bytes(value: number): string
  ago(instant: string, now: number): string
}

const made = new WeakMap<Strings, Map<string, Formats>>()

/** Made once for a language and a time zone: formatters are slow to make, and every row of a list needs them. */
export function useFormats(): Formats {
  const strings = useStrings()
  const timeZone = useTimeZone()
  const known = made.get(strings) ?? new Map<string, Formats>()
  made.set(strings, known)
  const formats = known.get(timeZone) ?? makeFormats(strings, timeZone)
  known.set(timeZone, formats)
  return formats
}

function makeFormats({ language, t }: Strings, timeZone: string): Formats {
  const of = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(language, { timeZone, ...options })
  const time = of({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  const key = new Intl.DateTimeFormat('en-CA', { timeZone })
  const weekday = of({ weekday: 'long' })
  const day = of({ weekday: 'long', day: 'numeric', month: 'long' })
  const date = of({ day: 'numeric', month: 'short', year: 'numeric' })
  const dateTime = of({
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  const seconds = new Intl.NumberFormat(language, { minimumFractionDigits: 2, maximumFractionDigits: 2 })
  const plain = new Intl.NumberFormat(language)
  const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' })
  const at = (instant: string) => new Date(instant)
  const daysBetween = (instant: string, now: number) =>
    Math.round((Date.parse(key.format(now)) - Date.parse(key.format(at(instant)))) / 86_400_000)
  return {
    time: instant => time.format(at(instant)),
    dayKey: instant => key.format(at(instant)),
    day: (instant, now) => {
      const days = daysBetween(instant, now)
      if (days === 0) return t('when.today')
      if (days === 1) return t('when.yesterday')
      if (days > 1 && days < 7) return weekday.format(at(instant))
      return day.format(at(instant))
    },
    date: instant => date.format(at(instant)),
    dateTime: instant => dateTime.format(at(instant)),
    duration: ms => {
      const all = Math.round(ms / 1000)
      const minutes = Math.floor(all / 60)
      if (minutes >= 60) return t('when.hours', { hours: Math.floor(minutes / 60), minutes: minutes % 60 })
      return minutes ? t('when.minutes', { minutes, seconds: all % 60 }) : t('when.seconds', { seconds: all })
    },
    latency: ms => t('when.seconds', { seconds: seconds.format(ms / 1000) }),
    clock: ms => {
      const all = Math.max(0, Math.floor(ms / 1000))
      const hours = Math.floor(all / 3600)
      const minutes = Math.floor((all % 3600) / 60)
      const rest = String(all % 60).padStart(2, '0')
      return hours ? `${hours}:${String(minutes).padStart(2, '0')}:${rest}` : `${minutes}:${rest}`
    },
    number: value => plain.format(value),
    bytes: value => {
      const units = ['B', 'kB', 'MB', 'GB']
      const step = Math.min(units.length - 1, value > 0 ? Math.floor(Math.log10(value) / 3) : 0)
      return `${plain.format(Math.round((value / 1000 ** step) * 10) / 10)} ${units[step]}`
    },
    ago: (instant, now) => {
      const ms = at(instant).getTime() - now
      const minutes = Math.round(ms / 60_000)
      if (Math.abs(minutes) < 60) return relative.format(minutes, 'minute')
      const hours = Math.round(minutes / 60)
      return Math.abs(hours) < 24 ? relative.format(hours, 'hour') : relative.format(Math.round(hours / 24), 'day')
    },
  }
}

import type { NotificationPreferences, PushMessage } from './contract.ts'

export type Notice = {
  kind: 'incoming' | 'message'
  call: number
  callId: string
  callerNumber: string
  callerName: string | null
  organisation: string | null
  reason: string | null
  language: 'en' | 'de'
}

const words = {
  en: { incoming: 'is calling', message: 'left a message', withheld: 'Withheld number', open: 'Open to see it.' },
  de: {
    incoming: 'ruft an',
    message: 'hat eine Nachricht hinterlassen',
    withheld: 'Unterdrückte Nummer',
    open: 'Zum Ansehen öffnen.',
  },
}

/** The text that goes to a device: "Anna, Dr. Keller Dental is calling". The reason goes along only when its owner asked for it. */
export function toPushMessage(notice: Notice, preferences: NotificationPreferences): PushMessage {
  const w = words[notice.language]
  const name = [notice.callerName, notice.organisation].filter(Boolean).join(', ')
  const caller = name || (/\d/.test(notice.callerNumber) ? notice.callerNumber : w.withheld)
  return {
    kind: notice.kind,
    title: clip(`${caller} ${w[notice.kind]}`, 120),
    body: preferences.showsReason && notice.reason ? clip(notice.reason, 240) : w.open,
    call: notice.call,
    callId: notice.callId,
    actions: notice.kind === 'incoming' ? ['take', 'voicemail'] : [],
  }
}

function clip(text: string, length: number): string {
  const plain = text.replace(/\p{Cc}+/gu, ' ').trim()
  return plain.length <= length ? plain : `${plain.slice(0, length - 1)}…`
}

/** Whether `minute` (after midnight) lies in the quiet time; from 22:00 to 07:00 runs over midnight, equal ends mean none. */
export function isQuiet(minute: number, fromMin: number | null, toMin: number | null): boolean {
  if (fromMin === null || toMin === null || fromMin === toMin) return false
  return fromMin < toMin ? minute >= fromMin && minute < toMin : minute >= fromMin || minute < toMin
}

/** Minutes after midnight at `at` in an IANA time zone; an unknown zone counts as UTC. */
export function minuteOfDay(at: Date, timeZone: string): number {
  const options = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const
  let text: string
  try {
    text = new Intl.DateTimeFormat('en-GB', { ...options, timeZone }).format(at)
  } catch {
    text = new Intl.DateTimeFormat('en-GB', { ...options, timeZone: 'UTC' }).format(at)
  }
  const [hour, minute] = text.split(':').map(Number) as [number, number]
  return hour * 60 + minute
}

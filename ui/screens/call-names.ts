import type { CallDto } from '#lib/calls/contract.ts'
import type { Tone } from '../parts/tag.tsx'
import type { Strings } from '../strings/catalogue.tsx'

type Named = Pick<CallDto, 'callerName' | 'organisation' | 'callerNumber' | 'action' | 'summary' | 'reason' | 'message'>

const withheld = /^(anonymous|withheld|unknown|private|restricted|)$/i

export const isWithheld = (number: string) => withheld.test(number.trim())

/** "Anna, Dr. Keller Dental", else the number as it came, else "Withheld number". */
export function nameCaller(call: Named, t: Strings['t']): string {
  const name = [call.callerName, call.organisation].filter(Boolean).join(', ')
  return name || (isWithheld(call.callerNumber) ? t('caller.withheld') : call.callerNumber)
}

/** What the caller wanted, else why it was decided so, in one line and in the reader's language. */
export const lineOf = (call: Named, said: Strings['said']) => call.summary ?? said(call.reason ?? call.message ?? '')

const tones: Record<NonNullable<CallDto['action']>, Tone> = {
  forward: 'green',
  voicemail: 'blue',
  ask_question: 'amber',
  block: 'red',
}
export const toneOf = (call: Pick<CallDto, 'action'>): Tone => (call.action ? tones[call.action] : 'grey')

/** The number as the caller showed it where it is the same one: people know their numbers by their spaces. */
export function readNumber(number: string, call: Pick<CallDto, 'callerNumber'>): string {
  const digits = (text: string) => text.replace(/[^+\d]/g, '')
  return digits(number) === digits(call.callerNumber) ? call.callerNumber : number
}

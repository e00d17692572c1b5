import { z } from 'zod'
import { Hours } from '#lib/screening/contract.ts'

/** A line: the numbers that ring it, how it greets, when it is open, and the only places it may put a call through to. */
export const Language = z.enum(['en', 'de'])

const isZone = (zone: string) => {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: zone }))
  } catch {
    return false
  }
}

export const TimeZone = z.string().min(1).max(64).refine(isZone, 'must be a time zone like Europe/Berlin')
export const Country = z.string().regex(/^[A-Z]{2}$/, 'must be a country code like DE')
export const LineNumber = z
  .string()
  .trim()
  .min(1)
  .max(40)
  .regex(/^[+0-9a-zA-Z_.\-*# ()/]+$/, 'must be a telephone number or an extension')
/** An extension (`100`, `anna`) or a number (`+49301234567`). */
export const Target = z
  .string()
  .trim()
  .min(1)
  .max(40)
  .regex(
    /^(\+?[0-9]{1,20}|[a-zA-Z][a-zA-Z0-9_-]{0,30})$/,
    'must be an extension like 100 or a number like +49301234567',
  )

export const Destination = z.object({
  label: z.string().trim().min(1).max(60),
  target: Target,
})
export type Destination = z.infer<typeof Destination>

const fields = {
  name: z.string().trim().min(1).max(60),
  language: Language,
  otherLanguage: Language.nullable(),
  voice: z.string().max(80).nullable(),
  greeting: z.string().trim().min(1).max(500),
  disclosure: z.string().trim().min(1).max(500),
  isRecording: z.boolean(),
  country: Country,
  timeZone: TimeZone,
  hours: Hours,
  holidays: z.array(z.iso.date()).max(400),
  closedAction: z.enum(['voicemail', 'ask_question', 'block']),
  withheld: z.enum(['ask_question', 'press_one', 'voicemail', 'block']),
  isPersistentAllowed: z.boolean(),
  numbers: z.array(LineNumber).max(50),
  destinations: z.array(Destination).max(20),
}

export const NewLine = z
  .strictObject({ ...fields })
  .partial()
  .required({ name: true })
export type NewLine = z.infer<typeof NewLine>

export const LineChange = z.strictObject({ ...fields, isDefault: z.boolean() }).partial()
export type LineChange = z.infer<typeof LineChange>

export const Line = z.object({
  id: z.number(),
  ...fields,
  isDefault: z.boolean(),
  destinations: z.array(Destination.extend({ isExternal: z.boolean() })),
  createdAt: z.string(),
})
export type Line = z.infer<typeof Line>

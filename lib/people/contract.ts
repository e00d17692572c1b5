import { z } from 'zod'

/** People the owner knows. Trust buys ringing and nothing else: a caller id can be forged. */
export const Trust = z.enum(['favourite', 'known', 'blocked'])
export type Trust = z.infer<typeof Trust>

export const PersonNumber = z
  .string()
  .trim()
  .min(1)
  .max(40)
  .regex(/^[+0-9a-zA-Z_.\-*# ()/]+$/, 'must be a telephone number')
  .refine(number => /[0-9]/.test(number) || /^[a-zA-Z][\w.-]*$/.test(number), 'must be a telephone number')

const minuteOfDay = z.number().int().min(0).max(1439)

const fields = {
  name: z.string().trim().min(1).max(120),
  organisation: z.string().trim().max(120).nullable(),
  trust: Trust,
  note: z.string().max(2_000).nullable(),
  quietFromMin: minuteOfDay.nullable(),
  quietToMin: minuteOfDay.nullable(),
  numbers: z.array(PersonNumber).max(30),
}

export const NewPerson = z.strictObject(fields).partial().required({ name: true })
export type NewPerson = z.infer<typeof NewPerson>

export const PersonChange = z.strictObject(fields).partial()
export type PersonChange = z.infer<typeof PersonChange>

export const Person = z.object({
  id: z.number(),
  ...fields,
  numbers: z.array(z.object({ number: z.string(), key: z.string() })),
  createdAt: z.string(),
  updatedAt: z.string(),
})
export type Person = z.infer<typeof Person>

export const PeopleQuery = z.object({
  search: z.string().trim().max(100).optional(),
  trust: Trust.optional(),
  /** The last answer's `next`. */
  cursor: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
})
export type PeopleQuery = z.infer<typeof PeopleQuery>

export const PeoplePage = z.object({ people: z.array(Person), next: z.string().nullable() })
export type PeoplePage = z.infer<typeof PeoplePage>

export const ImportResult = z.object({
  added: z.number(),
  updated: z.number(),
  /** Cards that hold nothing to call, or cannot be read; the first reasons say why. */
  skipped: z.number(),
  problems: z.array(z.string()),
})
export type ImportResult = z.infer<typeof ImportResult>

export const BlockedNumber = z.object({ id: z.number(), list: z.string(), prefix: z.string(), createdAt: z.string() })
export type BlockedNumber = z.infer<typeof BlockedNumber>

export const BlockedQuery = z.object({
  list: z.string().max(60).optional(),
  after: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(1_000).default(200),
})
export type BlockedQuery = z.infer<typeof BlockedQuery>

/** Which list an imported file is added to. */
export const BlockListName = z.object({ list: z.string().trim().min(1).max(60).default('Imported') })
/** Which list is removed as a whole. */
export const BlockListToRemove = z.object({ list: z.string().trim().min(1).max(60) })

import { z } from 'zod'
import { Action, Hours, RungResult, Source } from '#lib/screening/contract.ts'

/**
 * The owner's rules, asked in order; the first that fits decides. `caller` is one of
 * - `*` or nothing: everybody
 * - `anonymous`: a withheld number
 * - `favourites`, `known` (known people, favourites among them), `strangers` (nobody in People, withheld included)
 * - `+49301234567`, `100`: this number, however it is written
 * - `+4930*`: numbers that begin so
 */
export const callerGroups = ['anonymous', 'favourites', 'known', 'strangers'] as const

export const CallerPattern = z
  .string()
  .trim()
  .min(1)
  .max(40)
  .transform(text => (/^[a-z]+$/i.test(text) ? text.toLowerCase() : text.replace(/[\s().\-/]/g, '')))
  .refine(
    text => (callerGroups as readonly string[]).includes(text) || /^(\*|\+?[0-9#]{1,24}|\+?[0-9]{1,20}\*)$/.test(text),
    'must be *, a number, the beginning of a number with *, anonymous, favourites, known or strangers',
  )

const fields = {
  name: z.string().trim().max(100).nullable(),
  isEnabled: z.boolean(),
  caller: CallerPattern.nullable(),
  lineId: z.number().int().nullable(),
  hours: Hours.nullable(),
  source: Source.nullable(),
  action: Action,
  /** With `forward`: one of the line's destinations; none means the first. */
  destination: z.string().trim().max(40).nullable(),
  /** With `ask_question`: what is asked; none means who is calling and why. */
  question: z.string().trim().max(300).nullable(),
}

export const NewRule = z.strictObject(fields).partial().required({ action: true })
export type NewRule = z.infer<typeof NewRule>

export const RuleChange = z.strictObject(fields).partial()
export type RuleChange = z.infer<typeof RuleChange>

export const Rule = z.object({ id: z.number(), position: z.number(), ...fields, createdAt: z.string() })
export type Rule = z.infer<typeof Rule>

export const RuleOrder = z.strictObject({ ids: z.array(z.number().int()).max(200) })
export type RuleOrder = z.infer<typeof RuleOrder>

/** "What would happen if this number called now, or then?" */
export const RuleTest = z.strictObject({
  callerNumber: z.string().max(128),
  calledNumber: z.string().max(128).optional(),
  source: Source.default('phone'),
  at: z.iso.datetime({ offset: true }).optional(),
})
export type RuleTest = z.infer<typeof RuleTest>

export const RuleTestResult = z.object({
  action: Action.nullable(),
  destination: z.string().nullable(),
  reason: z.string(),
  ruleId: z.number().nullable(),
  ladder: z.array(RungResult),
})
export type RuleTestResult = z.infer<typeof RuleTestResult>

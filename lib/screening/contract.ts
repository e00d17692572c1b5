import { z } from 'zod'

/**
 * What screening takes and gives. Safe in a browser. The words are the same in the table, on the call page and in
 * eval/calls.jsonl: an action is what happens to the caller, a rung is a step of the trust ladder that was asked for it.
 */
export const Action = z.enum(['forward', 'voicemail', 'ask_question', 'block'])
export type Action = z.infer<typeof Action>

export const Source = z.enum(['phone', 'api', 'app', 'try'])
export type Source = z.infer<typeof Source>

export const DecidedBy = z.enum(['rule', 'model', 'owner', 'fallback'])
export type DecidedBy = z.infer<typeof DecidedBy>

/** In the order in which they are asked; `owner` is the person who took the call over by hand. */
export const Rung = z.enum([
  'emergency',
  'rules',
  'people',
  'block_list',
  'persistent',
  'hours',
  'conversation',
  'fallback',
  'owner',
])
export type Rung = z.infer<typeof Rung>

export const Urgency = z.enum(['low', 'normal', 'high', 'emergency'])
export type Urgency = z.infer<typeof Urgency>

export const Turn = z.object({ who: z.enum(['caller', 'assistant']), text: z.string().max(4_000) })
export type Turn = z.infer<typeof Turn>

/** What is known about a call from the caller's words. Everything is a claim: only the number rung from is evidence, and that little. */
export const Facts = z.object({
  callerName: z.string().optional(),
  organisation: z.string().optional(),
  /** One phrase a person can read: "your appointment on Tuesday". */
  reason: z.string().optional(),
  /** What the caller would like to happen: "a call back", "to speak to Maria". */
  wants: z.string().optional(),
  urgency: Urgency,
  /** E.164 when it parses with the line's country, else the digits. Only ever digits that the caller said. */
  callbackNumber: z.string().optional(),
  isSales: z.boolean(),
  isSuspicious: z.boolean(),
  /** Why it is held for suspicious or for sales, in words. */
  warning: z.string().optional(),
})
export type Facts = z.infer<typeof Facts>

export const RungResult = z.object({
  rung: Rung,
  outcome: z.enum(['hit', 'passed', 'skipped']),
  /** One sentence a person can read. */
  reason: z.string(),
  /** The row that decided, where there is one: a rule, a person. */
  id: z.number().optional(),
})
export type RungResult = z.infer<typeof RungResult>

export const Decision = z.object({
  action: Action,
  /** Set with `forward`, always one of the line's destinations: its target, and its label beside it. */
  destination: z.string().optional(),
  label: z.string().optional(),
  /** "Forwarding call to 100", "Taking a message", the question, "Call refused: ...". */
  message: z.string(),
  question: z.string().optional(),
  /** What the assistant's answer should be good for: plain speech, a telephone number, or the key 1. */
  expects: z.enum(['speech', 'number', 'key_one']).optional(),
  /** What the caller hears before the action is done, in the line's language; it never holds a digit the caller did not say. */
  say: z.string().optional(),
  reason: z.string(),
  decidedBy: DecidedBy,
  rung: Rung,
  ladder: z.array(RungResult),
  facts: Facts,
  /** The person whose number this is. A number can be forged: a name to show, never a proof. */
  person: z.object({ id: z.number(), name: z.string(), trust: z.enum(['favourite', 'known', 'blocked']) }).optional(),
  model: z.string().optional(),
  tookMs: z.number(),
})
export type Decision = z.infer<typeof Decision>

/** One call as it stands now. */
export type ScreenInput = {
  /** null: nobody signed in; decided by the built-in listener alone. */
  userId: number | null
  callerNumber: string
  calledNumber: string
  source: Source
  /** What was said so far, in order. The greeting may be among it. */
  turns: readonly Turn[]
  /** Milliseconds since 1970; default: now. */
  at?: number
  /** Milliseconds in which an answer must be there; default 3,000. */
  deadlineMs?: number
  /** The row of this call in call_history, so that it does not count as its own earlier try. */
  call?: number
  signal?: AbortSignal
  /** "What if": rules, instructions or model to use instead of the saved ones. Marks the request as the least urgent. */
  overrides?: Overrides
}

export type Overrides = {
  rules?: readonly RuleDraft[]
  /** Replaces the owner's extra instructions to the model (at most 500 characters). */
  instructions?: string
  /** null: without any model. */
  model?: string | null
  /** Another time of the same day, on the clock of the line: `22:00`. */
  time?: string
}

/** `07:00` to `18:00` on ISO days (1 is Monday); from later than to means over midnight. */
export const Hours = z
  .array(
    z.object({
      day: z.number().int().min(1).max(7),
      from: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time like 08:30'),
      to: z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'must be a time like 18:00'),
    }),
  )
  .max(70)
export type Hours = z.infer<typeof Hours>

/** A rule as the ladder reads it; lib/rules has the saved form. */
export const RuleDraft = z.object({
  id: z.number().int().optional(),
  name: z.string().max(100).nullish(),
  isEnabled: z.boolean().default(true),
  /** See lib/rules/contract.ts: `*`, `anonymous`, `favourites`, `known`, `strangers`, `+4930*`, `+49301234567`. */
  caller: z.string().max(40).nullish(),
  lineId: z.number().int().nullish(),
  hours: Hours.nullish(),
  source: Source.nullish(),
  action: Action,
  destination: z.string().max(40).nullish(),
  question: z.string().max(300).nullish(),
})
export type RuleDraft = z.infer<typeof RuleDraft>

export type HouseholdDestination = { label: string; target: string; isExternal: boolean }

export type HouseholdLine = {
  id: number
  name: string
  language: 'en' | 'de'
  otherLanguage: 'en' | 'de' | null
  greeting: string
  disclosure: string
  isRecording: boolean
  voice: string | null
  country: string
  timeZone: string
  hours: Hours
  holidays: readonly string[]
  closedAction: 'voicemail' | 'ask_question' | 'block'
  withheld: 'ask_question' | 'press_one' | 'voicemail' | 'block'
  isPersistentAllowed: boolean
  numbers: readonly string[]
  destinations: readonly HouseholdDestination[]
}

/** Everything of one owner and line that the ladder needs and that does not depend on the caller. */
export type Household = {
  userId: number | null
  /** What the owner is called, for sentences. */
  ownerName: string
  line: HouseholdLine
  rules: readonly RuleDraft[]
  /** Keys of the numbers that belong to the house: a caller who shows one of them has forged it. */
  ownKeys: ReadonlySet<string>
  hasPeople: boolean
  hasBlockList: boolean
  /** The owner's extra instructions to the model. */
  instructions: string
  /** When an emergency call last left the line (ms), if it did. */
  emergencyAt?: number
}

/** What the house knows of this caller. */
export type Caller = {
  /** As it came. */
  number: string
  /** E.164 when it parses with the line's country, else its digits; '' when withheld. */
  key: string
  isWithheld: boolean
  /** The call shows one of the house's own numbers. */
  isForged: boolean
  person?: { id: number; name: string; trust: 'favourite' | 'known' | 'blocked' }
  blockedBy?: { list: string; prefix: string }
  /** This number's earlier calls to the owner within 24 hours, newest first. */
  recent: readonly { at: number; rung: string | null; action: string | null }[]
}

/** The shape of one line of eval/calls.jsonl, and of a correction saved by an owner. */
export const EvalCase = z.object({
  id: z.string(),
  language: z.enum(['en', 'de']),
  tags: z.array(z.string()),
  caller: z.string(),
  source: Source.default('phone'),
  /** The caller's words, turn by turn: the next is said when the line asks a question. */
  says: z.array(z.string()),
  allowed: z.array(Action).min(1),
  forbidden: z.array(Action).default([]),
  facts: z
    /** null: the caller gave none, and none may be made up. */
    .object({
      callerName: z.string().nullish(),
      organisation: z.string().nullish(),
      urgency: z.array(Urgency).optional(),
      callbackNumber: z.string().nullish(),
      isSales: z.boolean().optional(),
      isSuspicious: z.boolean().optional(),
    })
    .default({}),
})
export type EvalCase = z.infer<typeof EvalCase>

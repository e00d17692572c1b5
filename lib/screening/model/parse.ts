import type { Action, Facts, Urgency } from '../contract.ts'
import { saidDigits } from '../listener/digits.ts'
import { fold } from '../listener/fold.ts'
import type { Suggestion } from '../policy.ts'
import type { ModelAnswer } from './answer.ts'

type Fields = Record<string, unknown>

/**
 * The first JSON object in a model's text: inside fences, after a preamble, before a farewell, or cut off in the middle (then
 * the fields that are complete). null when there is none.
 */
export function readObject(text: string): { fields: Fields; isComplete: boolean } | null {
  const start = text.indexOf('{')
  if (start < 0) return null
  const end = closingBrace(text, start)
  if (end > 0) {
    const fields = parse(text.slice(start, end + 1))
    if (fields) return { fields, isComplete: true }
  }
  // Cut back to the last comma outside a string until what is left closes properly.
  const commas = commasOf(text.slice(start))
  for (const comma of commas.reverse().slice(0, 40)) {
    const fields = parse(`${text.slice(start, start + comma)}}`)
    if (fields) return { fields, isComplete: false }
  }
  return null
}

function parse(json: string): Fields | null {
  try {
    const value: unknown = JSON.parse(json)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null
  } catch {
    return null
  }
}

function closingBrace(text: string, start: number): number {
  let depth = 0
  let isString = false
  for (let i = start; i < text.length; i += 1) {
    const letter = text[i]
    if (isString) {
      if (letter === '\\') i += 1
      else if (letter === '"') isString = false
    } else if (letter === '"') isString = true
    else if (letter === '{') depth += 1
    else if (letter === '}') {
      depth -= 1
      if (depth === 0) return i
    }
  }
  return -1
}

function commasOf(text: string): number[] {
  const found: number[] = []
  let isString = false
  for (let i = 0; i < text.length; i += 1) {
    const letter = text[i]
    if (isString) {
      if (letter === '\\') i += 1
      else if (letter === '"') isString = false
    } else if (letter === '"') isString = true
    else if (letter === ',') found.push(i)
  }
  return found
}

const nothing =
  /^(?:|null|none|unknown|n\/?a|not (?:given|stated|provided|mentioned|specified)|unspecified|caller|the caller|unbekannt|keine?|string|-)$/i

function phrase(value: unknown, longest: number): string | undefined {
  if (typeof value !== 'string') return undefined
  const clean = value
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
    .replace(/[\u0000-\u001f\u007f<>{}]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, longest)
  return nothing.test(clean) ? undefined : clean
}

function flag(value: unknown): boolean {
  return value === true || (typeof value === 'string' && /^(?:true|yes|1)$/i.test(value.trim()))
}

const urgencies: Record<string, Urgency> = {
  low: 'low',
  normal: 'normal',
  medium: 'normal',
  moderate: 'normal',
  high: 'high',
  urgent: 'high',
  emergency: 'emergency',
  critical: 'emergency',
}
const actions: Record<string, Action> = {
  forward: 'forward',
  transfer: 'forward',
  connect: 'forward',
  put_through: 'forward',
  voicemail: 'voicemail',
  take_message: 'voicemail',
  message: 'voicemail',
  ask_question: 'ask_question',
  ask: 'ask_question',
  question: 'ask_question',
  block: 'block',
  reject: 'block',
  refuse: 'block',
  hang_up: 'block',
  hangup: 'block',
}

/** Whether every word of a name was said, give or take a letter of the recogniser's. */
function wasSaid(claim: string, said: string): boolean {
  const words = new Set(said.split(' '))
  return fold(claim)
    .split(' ')
    .filter(word => word.length > 1)
    .every(word => words.has(word) || said.includes(word))
}

/** Digits that the caller did not say are an invention. */
function hasOnlySaidDigits(text: string, digits: string): boolean {
  const runs = saidDigits(text).split(' ').filter(Boolean)
  return runs.every(run => digits.includes(run))
}

/**
 * Turns a model's fields into an answer. Names and digits that the caller never said are dropped, so is what does not fit;
 * both shapes are read, ours and the older `{action, reason, parameters: {destination}}`.
 */
export function toAnswer(fields: Fields, callerTexts: readonly string[]): ModelAnswer {
  const said = fold(callerTexts.join(' '))
  const digits = callerTexts.map(saidDigits).join(' ').replace(/ /g, '')
  const name = phrase(fields.caller_name ?? fields.name, 60)
  const organisation = phrase(fields.organisation ?? fields.organization, 80)
  const suggestion = readSuggestion(fields, digits)
  const reason = phrase(fields.reason, 160)
  const wants = phrase(fields.wants, 120)
  const urgency = typeof fields.urgency === 'string' ? urgencies[fields.urgency.trim().toLowerCase()] : undefined
  const say = phrase(fields.say, 240)
  const facts: Partial<Facts> = {
    ...(name && wasSaid(name, said) ? { callerName: name } : {}),
    ...(organisation && wasSaid(organisation, said) ? { organisation } : {}),
    // In the older shape `reason` says why the model chose an action, not why the caller rings.
    ...(reason && suggestion?.action === undefined && said && hasOnlySaidDigits(reason, digits) ? { reason } : {}),
    ...(wants && said && hasOnlySaidDigits(wants, digits) ? { wants } : {}),
    ...(urgency ? { urgency } : {}),
    ...(said ? { isSales: flag(fields.sales), isSuspicious: flag(fields.suspicious) } : {}),
  }
  return { facts, suggestion, ...(say && hasOnlySaidDigits(say, digits) ? { say } : {}) }
}

function readSuggestion(fields: Fields, digits: string): Suggestion | null {
  const action =
    typeof fields.action === 'string'
      ? actions[
          fields.action
            .trim()
            .toLowerCase()
            .replace(/[\s-]+/g, '_')
        ]
      : undefined
  const parameters =
    typeof fields.parameters === 'object' && fields.parameters !== null ? (fields.parameters as Fields) : {}
  const wanted = parameters.destination ?? fields.destination ?? fields.to
  const destination =
    (typeof wanted === 'string' && !nothing.test(wanted.trim())) ||
    (typeof wanted === 'number' && Number.isInteger(wanted) && wanted > 0)
      ? wanted
      : undefined
  const question = phrase(parameters.question ?? fields.question, 240)
  const reason = phrase(fields.reason, 160)
  if (action === undefined && destination === undefined) return null
  return {
    ...(action ? { action } : {}),
    ...(destination === undefined ? {} : { destination }),
    ...(question && hasOnlySaidDigits(question, digits) ? { question } : {}),
    ...(reason && action ? { reason } : {}),
  }
}

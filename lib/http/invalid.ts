import type { z } from 'zod'
import { AppError } from '../errors.ts'
import { type FieldFault, faultOf } from './contract.ts'

type Issue = z.core.$ZodIssue
type Part = { sentence: string; fault?: FieldFault }
const shownIssues = 8

/** One sentence that names the fields and what they must be, and never repeats what was sent; and the same field by field. */
export function refuseInvalid(error: z.ZodError, value: unknown): never {
  const parts = partsOf(error, value)
  const faults = new Map(parts.flatMap(({ fault }) => (fault ? [[fault.field, fault] as const] : [])))
  throw new AppError('invalid', joined(parts), undefined, [...faults.values()].slice(0, shownIssues))
}

export function sentenceOf(error: z.ZodError, value: unknown): string {
  return joined(partsOf(error, value))
}

function partsOf(error: z.ZodError, value: unknown): Part[] {
  return error.issues
    .flatMap(deepest)
    .map(issue => partOf(issue, value))
    .filter(({ sentence }) => sentence)
}

function joined(parts: readonly Part[]): string {
  return `${[...new Set(parts.map(({ sentence }) => sentence))].slice(0, shownIssues).join(', ')}.`
}

/** A union says only "invalid"; its branch that came furthest says what is wrong. */
function deepest(issue: Issue): Issue[] {
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [issue]
  const best = [...issue.errors].sort((a, b) => depthOf(b) - depthOf(a))[0]!
  return best.flatMap(inner => deepest({ ...inner, path: [...issue.path, ...inner.path] }))
}

const depthOf = (issues: readonly Issue[]) => Math.max(0, ...issues.map(issue => issue.path.length))

function partOf(issue: Issue, value: unknown): Part {
  const name = nameOf(issue.path)
  const isTyped = issue.code === 'invalid_type' && issue.message.startsWith('Invalid input')
  if (!name) {
    if (isTyped) return { sentence: 'The body must be a JSON object' }
    return { sentence: isWithoutWords(issue) ? `the body ${faultOf(issue)}` : faultOf(issue) }
  }
  // Whether a field is absent is for what was sent to say: the schema may have made something of it.
  const isAbsent = isTyped && valueAt(value, issue.path) === undefined
  const said = isAbsent ? 'is required' : faultOf(issue)
  const message = said.startsWith(`${name} `) ? said.slice(name.length + 1) : said
  const detail = isWithoutWords(issue) && /^is not/.test(message) ? `: ${lower(issue.message)}` : ''
  const sentence = `${name} ${detail ? 'is not valid' : message}${detail}`
  return { sentence, fault: { field: name, message } }
}

const isWithoutWords = (issue: Issue) => /^(Invalid|Too|Unrecognized)/.test(issue.message)

/** Fields of ours are short words; anything else in a path is a key that the client chose, and is not repeated. */
function nameOf(path: PropertyKey[]): string {
  const shown = path.map(part => (/^[A-Za-z0-9_-]{1,40}$/.test(String(part)) ? String(part) : '*'))
  return shown.slice(0, 6).join('.')
}

function valueAt(value: unknown, path: PropertyKey[]): unknown {
  let at: unknown = value
  for (const part of path) at = (at as Record<PropertyKey, unknown> | null | undefined)?.[part]
  return at
}

const lower = (text: string) => text.charAt(0).toLowerCase() + text.slice(1)

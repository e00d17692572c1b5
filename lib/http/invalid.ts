import type { z } from 'zod'
import { AppError } from '../errors.ts'

type Issue = z.core.$ZodIssue
const shownIssues = 8
const types: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
}

/** One sentence that names the fields and what they must be, and never repeats what was sent. */
export function refuseInvalid(error: z.ZodError, value: unknown): never {
  throw new AppError('invalid', sentenceOf(error, value))
}

export function sentenceOf(error: z.ZodError, value: unknown): string {
  const parts = new Set<string>()
  for (const issue of error.issues.flatMap(deepest)) {
    const part = partOf(issue, value)
    if (part) parts.add(part)
  }
  return `${[...parts].slice(0, shownIssues).join(', ')}.`
}

/** A union says only "invalid"; its branch that came furthest says what is wrong. */
function deepest(issue: Issue): Issue[] {
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [issue]
  const best = [...issue.errors].sort((a, b) => depthOf(b) - depthOf(a))[0]!
  return best.flatMap(inner => deepest({ ...inner, path: [...issue.path, ...inner.path] }))
}

const depthOf = (issues: readonly Issue[]) => Math.max(0, ...issues.map(issue => issue.path.length))

function partOf(issue: Issue, value: unknown): string {
  const name = nameOf(issue.path)
  if (issue.code === 'unrecognized_keys') return `${name || 'the body'} has fields that are not known`
  if (issue.code === 'invalid_key' || issue.code === 'invalid_element') return `${name || 'the body'} is not valid`
  if (issue.code === 'invalid_type' && issue.message.startsWith('Invalid input')) {
    if (!name) return 'The body must be a JSON object'
    return valueAt(value, issue.path) === undefined
      ? `${name} is required`
      : `${name} must be ${types[issue.expected] ?? issue.expected}`
  }
  const said = sizeOf(issue) ?? issue.message.replace(/\.$/, '')
  if (!name || said.startsWith(`${name} `)) return said
  return `${name} ${/^(Invalid|Too|Unrecognized)/.test(said) ? `is not valid: ${lower(said)}` : said}`
}

/** Limits whose schema has no words of its own, said the way the others are. */
function sizeOf(issue: Issue): string | null {
  if (issue.code !== 'too_big' && issue.code !== 'too_small') return null
  if (!/^Too (big|small)/.test(issue.message)) return null
  const [most, limit] = issue.code === 'too_big' ? ['at most', issue.maximum] : ['at least', issue.minimum]
  if (issue.origin === 'string') return `must have ${most} ${limit} ${limit === 1 ? 'character' : 'characters'}`
  if (issue.origin === 'array' || issue.origin === 'set')
    return `must have ${most} ${limit} ${limit === 1 ? 'entry' : 'entries'}`
  return issue.origin === 'number' || issue.origin === 'int' ? `must be ${most} ${limit}` : null
}

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

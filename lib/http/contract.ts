import type { z } from 'zod'

type Issue = z.core.$ZodIssue

/** One field that was refused, in `errors` of a problem: a page shows it beside the field, in its reader's language. */
export type FieldFault = { field: string; message: string }

const types: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
}

/** What is wrong with a field, without its name: "must have at most 60 characters". The same words in the form and from the service. */
export function faultOf(issue: Issue): string {
  const isUnsaid = /^(Invalid|Too|Unrecognized)/.test(issue.message)
  if (!isUnsaid) return issue.message.replace(/\.$/, '')
  if (issue.code === 'unrecognized_keys') return 'has fields that are not known'
  if (issue.code === 'invalid_value') return 'is not one of the choices'
  if (issue.code === 'invalid_type') {
    if (issue.message.endsWith('received undefined')) return 'is required'
    return `must be ${types[issue.expected] ?? issue.expected}`
  }
  return sizeOf(issue) ?? 'is not valid'
}

/** Limits whose schema has no words of its own, said the way the others are. */
function sizeOf(issue: Issue): string | null {
  if (issue.code !== 'too_big' && issue.code !== 'too_small') return null
  const [most, limit] = issue.code === 'too_big' ? ['at most', issue.maximum] : ['at least', issue.minimum]
  if (issue.origin === 'string') return `must have ${most} ${limit} ${limit === 1 ? 'character' : 'characters'}`
  if (issue.origin === 'array' || issue.origin === 'set')
    return `must have ${most} ${limit} ${limit === 1 ? 'entry' : 'entries'}`
  return issue.origin === 'number' || issue.origin === 'int' ? `must be ${most} ${limit}` : null
}

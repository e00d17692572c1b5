import { numberKey } from '#lib/phone-number.ts'
import type { Caller, RuleDraft } from '../contract.ts'
import { isWithin, localTime } from '../local-time.ts'
import { type Call, hit, passed, type Rung } from './call.ts'

/** The owner's own sentences, in order; the first that fits decides. */
export const askRules: Rung = call => {
  const enabled = call.household.rules.filter(rule => rule.isEnabled)
  if (enabled.length === 0) return passed('rules', 'There are no rules.')
  const found = enabled.find(rule => fits(rule, call))
  if (!found)
    return passed(
      'rules',
      enabled.length === 1 ? 'The rule does not fit this call.' : `None of ${enabled.length} rules fits this call.`,
    )
  return hit(
    'rules',
    ruleSentence(found),
    { action: found.action, destination: found.destination ?? undefined, question: found.question ?? undefined },
    found.id,
  )
}

function fits(rule: RuleDraft, { household, caller, source, at }: Call): boolean {
  if (rule.lineId != null && rule.lineId !== household.line.id) return false
  if (rule.source != null && rule.source !== source) return false
  if (rule.hours?.length && !isWithin(rule.hours, localTime(at, household.line.timeZone))) return false
  return fitsCaller(rule, caller, household.line.country)
}

function fitsCaller(rule: RuleDraft, caller: Caller, country: string): boolean {
  const pattern = rule.caller?.trim() || '*'
  if (pattern === '*') return true
  switch (pattern) {
    case 'anonymous':
      return caller.isWithheld
    case 'favourites':
      return caller.person?.trust === 'favourite'
    case 'known':
      return caller.person !== undefined && caller.person.trust !== 'blocked'
    case 'strangers':
      return caller.person === undefined
  }
  if (caller.isWithheld) return false
  // A forged number must not open what its true owner may: only rules that keep people away still fit it.
  if (caller.isForged && rule.action === 'forward') return false
  if (!pattern.endsWith('*')) return caller.key === numberKey(pattern, country)
  const beginning = pattern.slice(0, -1)
  const bare = caller.number.replace(/[^\d+*#]/g, '')
  return (
    caller.key.startsWith(internationalPrefix(beginning, country)) ||
    caller.key.startsWith(beginning) ||
    bare.startsWith(beginning)
  )
}

/** `030*` on a German line is `+4930*`. */
function internationalPrefix(beginning: string, country: string): string {
  if (beginning.startsWith('+')) return beginning
  if (beginning.startsWith('00')) return `+${beginning.slice(2)}`
  if (!beginning.startsWith('0')) return beginning
  // A number that is long enough to parse shows the country's code: what stands before the rest of it.
  const sample = numberKey(beginning.padEnd(10, '5'), country)
  const code = sample.startsWith('+') ? sample.slice(0, sample.length - (Math.max(beginning.length, 10) - 1)) : ''
  return code ? `${code}${beginning.slice(1)}` : beginning
}

const what = {
  forward: 'put through',
  voicemail: 'take a message',
  ask_question: 'ask first',
  block: 'refuse',
} as const

/** That a rule decided: by its name, or by what it says. */
export function ruleSentence(rule: RuleDraft): string {
  if (rule.name) return `The rule "${rule.name}" decides.`
  const who = rule.caller && rule.caller !== '*' ? rule.caller : 'everybody'
  return `The rule without a name for ${who} decides: ${what[rule.action]}.`
}

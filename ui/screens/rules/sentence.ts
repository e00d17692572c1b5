import '../../strings/areas/house.ts'
import type { Rule } from '#lib/rules/contract.ts'
import type { PlainKey, Strings } from '../../strings/catalogue.tsx'

type Hours = NonNullable<Rule['hours']>
type Spoken = Pick<Rule, 'caller' | 'hours' | 'source' | 'action' | 'destination' | 'question' | 'lineId'>

const groups: Record<string, PlainKey> = {
  '*': 'pattern.everybody',
  anonymous: 'pattern.anonymous',
  favourites: 'pattern.favourites',
  known: 'pattern.known',
  strangers: 'pattern.strangers',
}

function sayCaller(caller: string | null, t: Strings['t']): string {
  const group = groups[caller ?? '*']
  if (group) return t(group)
  const pattern = caller ?? ''
  return pattern.endsWith('*')
    ? t('pattern.begins', { number: pattern.slice(0, -1) })
    : t('pattern.number', { number: pattern })
}

/** "Mon–Fri 08:00–18:00, Sat 09:00–12:00". */
export function sayHours(hours: Hours, language: string): string {
  const weekday = new Intl.DateTimeFormat(language, { weekday: 'short', timeZone: 'UTC' })
  // 1 January 2024 was a Monday.
  const name = (day: number) => weekday.format(new Date(Date.UTC(2024, 0, day)))
  const byTime = new Map<string, number[]>()
  for (const { day, from, to } of hours) byTime.set(`${from}–${to}`, [...(byTime.get(`${from}–${to}`) ?? []), day])
  return [...byTime]
    .map(([time, days]) => {
      const sorted = [...new Set(days)].sort((a, b) => a - b)
      if (sorted.length === 7) return time
      const isRun = sorted.length > 2 && sorted.at(-1)! - sorted[0]! === sorted.length - 1
      return `${isRun ? `${name(sorted[0]!)}–${name(sorted.at(-1)!)}` : sorted.map(name).join(', ')} ${time}`
    })
    .join(', ')
}

/** A rule as one would say it: "Calls from +49 30… between 20:00 and 07:00 go to voicemail." */
export function sayRule(rule: Spoken, strings: Strings, lineName?: string): string {
  const { t, language } = strings
  const parts = [sayCaller(rule.caller, t)]
  if (lineName) parts.push(t('rule.on_line', { line: lineName }))
  if (rule.source) parts.push(t(`rule.source_${rule.source}`))
  if (rule.hours?.length) parts.push(t('rule.between', { hours: sayHours(rule.hours, language) }))
  parts.push(
    rule.action === 'forward'
      ? rule.destination
        ? t('rule.forward_to', { destination: rule.destination })
        : t('rule.forward')
      : rule.action === 'ask_question'
        ? rule.question
          ? t('rule.ask_this', { question: rule.question })
          : t('rule.ask')
        : t(`rule.${rule.action}`),
  )
  return `${parts.join(' ')}.`
}

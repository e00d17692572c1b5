import '../../strings/areas/calls.ts'
import type { LiveDetail } from '../../api/live.ts'
import { Card } from '../../parts/card.tsx'
import { useStrings } from '../../strings/catalogue.tsx'
import { readNumber } from '../call-names.ts'

const text = (value: unknown) => (typeof value === 'string' && value.trim() ? value : null)

/** What they wanted, in a sentence or two, and the facts one acts on. */
export function Summary({ call }: { call: LiveDetail }) {
  const { t, said } = useStrings()
  const told = call.reason ?? call.message
  const story = call.summary ?? text(call.facts?.reason) ?? (told ? said(told) : t('call.nothing_said'))
  const warning = text(call.facts?.warning)
  const facts = [
    { name: t('call.call_back_number'), value: call.callbackNumber && readNumber(call.callbackNumber, call) },
    { name: t('call.wants'), value: call.wants },
    { name: t('call.urgency'), value: call.urgency && call.urgency !== 'normal' ? t(`urgency.${call.urgency}`) : null },
    { name: t('call.put_through_to'), value: call.action === 'forward' ? call.destination : null },
    { name: t('call.decided_by'), value: call.decidedBy ? t(`decided_by.${call.decidedBy}`) : null },
  ].filter(fact => fact.value)
  return (
    <Card className="grid gap-3 px-4.5 py-4">
      <p className="text-lead tracking-[-0.005em] [overflow-wrap:anywhere]">{story}</p>
      {call.summary && call.reason && call.reason !== call.summary && (
        <p className="text-ink-2 [overflow-wrap:anywhere]">{said(call.reason)}</p>
      )}
      {warning && <p className="rounded-sm bg-red-soft px-3 py-2 text-red">{said(warning)}</p>}
      {facts.length > 0 && (
        <dl className="flex flex-wrap gap-x-6 gap-y-2 text-small text-ink-2">
          {facts.map(fact => (
            <div key={fact.name} className="min-w-0">
              <dt>{fact.name}</dt>
              <dd className="font-[560] text-ink [overflow-wrap:anywhere]">{fact.value}</dd>
            </div>
          ))}
        </dl>
      )}
    </Card>
  )
}

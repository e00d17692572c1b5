import '../../strings/areas/calls.ts'
import type { CallEventDto } from '#lib/calls/contract.ts'
import type { CallEvent } from '#lib/calls/events.ts'
import type { LiveDetail } from '../../api/live.ts'
import type { PlainKey, Strings } from '../../strings/catalogue.tsx'
import { useStrings } from '../../strings/catalogue.tsx'

const names: Record<CallEvent['kind'], PlainKey> = {
  received: 'event.received',
  decided: 'event.decided',
  answered: 'event.answered',
  said: 'event.said',
  hearing: 'event.hearing',
  heard: 'event.heard',
  doing: 'event.doing',
  key: 'event.key',
  command: 'event.command',
  forwarding: 'event.forwarding',
  forward_result: 'event.forward_result',
  joined: 'event.joined',
  voicemail: 'event.voicemail',
  measured: 'event.measured',
  failed: 'event.failed',
  ended: 'event.ended',
  changed: 'event.changed',
}

/** The one detail of an event that says most. */
function detailOf({ kind, data }: CallEventDto, { t, said }: Strings): string {
  const of = (name: string) =>
    typeof data[name] === 'string' || typeof data[name] === 'number' ? String(data[name]) : ''
  switch (kind) {
    case 'decided':
      return said(of('reason'))
    case 'said':
    case 'heard':
      return of('text')
    case 'doing':
      return said(of('doing'))
    case 'key':
      return of('digit')
    case 'command':
      return said(of('command').replaceAll('_', ' '))
    case 'forwarding':
      return of('label') || of('destination')
    case 'forward_result':
      return said(of('outcome').replaceAll('_', ' '))
    case 'joined':
      return of('by')
    case 'ended':
      return said(of('by'))
    case 'measured':
      return t('event.took', { stage: said(of('stage').replaceAll('_', ' ')), ms: of('ms') })
    case 'failed':
      return said(of('message'))
    default:
      return ''
  }
}

/** Everything that happened, with milliseconds since the call began. */
export function Timeline({ call }: { call: LiveDetail }) {
  const strings = useStrings()
  const { t, language } = strings
  if (call.timeline.length === 0) return null
  const ms = new Intl.NumberFormat(language)
  return (
    <details className="group">
      <summary className="text-tiny font-semibold text-ink-3 hover:text-ink">{t('call.timeline')}</summary>
      <ol className="mt-2.5 grid gap-1.5 text-small">
        {call.timeline.map(event => {
          const name = names[event.kind as CallEvent['kind']]
          const detail = detailOf(event, strings)
          return (
            <li key={event.id} className="grid grid-cols-[64px_minmax(0,1fr)] gap-2.5">
              <span className="text-right text-tiny text-ink-3">{t('when.ms', { ms: ms.format(event.atMs) })}</span>
              <span className="[overflow-wrap:anywhere]">
                <span className="font-[540]">{name ? t(name) : event.kind}</span>
                {detail && <span className="text-ink-2"> · {detail}</span>}
              </span>
            </li>
          )
        })}
      </ol>
    </details>
  )
}

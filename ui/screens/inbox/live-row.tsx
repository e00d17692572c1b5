import '../../strings/areas/inbox.ts'
import { useQuery } from '@tanstack/react-query'
import { findCall } from '../../api/calls.ts'
import { useApi } from '../../api/context.tsx'
import type { LiveDetail } from '../../api/live.ts'
import { Pulse } from '../../parts/pulse.tsx'
import { useFormats, useNow } from '../../platform/clock.tsx'
import { usePlatform } from '../../platform/port.ts'
import { useStrings } from '../../strings/catalogue.tsx'
import { nameCaller } from '../call-names.ts'

/** One call that goes on: who, for how long, and the words just spoken. */
export function LiveRow({ callId }: { callId: string }) {
  const { t } = useStrings()
  const { Link } = usePlatform()
  const formats = useFormats()
  const now = useNow(1000)
  const client = useApi()
  const { data } = useQuery<LiveDetail>({
    queryKey: ['call', callId],
    queryFn: ({ signal }) => findCall(client, callId, signal),
  })
  if (!data?.isSteerable) return null
  const words = data.hearing?.text ?? data.turns.findLast(turn => turn.who === 'caller')?.text
  return (
    <li>
      <Link
        href="/live"
        className="mx-3 mt-1.5 mb-1 grid gap-1.5 rounded-lg border border-line bg-card px-4 py-3.5 shadow-lift hover:border-line-strong"
      >
        <span className="flex items-center gap-2 text-small font-[560] text-accent-ink">
          <Pulse /> {t('inbox.speaking', { time: formats.clock(now - Date.parse(data.timestamp)) })}
        </span>
        <span className="truncate font-[560]">{nameCaller(data, t)}</span>
        {words && <span className="line-clamp-2 text-ink-2">“…{words}”</span>}
      </Link>
    </li>
  )
}

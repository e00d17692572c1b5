import '../../strings/areas/calls.ts'
import { useQuery } from '@tanstack/react-query'
import { PhoneForwarded } from 'lucide-react'
import type { ReactNode } from 'react'
import { useApi } from '../../api/context.tsx'
import { listLines } from '../../api/household.ts'
import { useStrings } from '../../strings/catalogue.tsx'

/** Where a telephone would ring now; here nothing does. */
export function WouldRing({ target, label, children }: { target: string; label?: string; children?: ReactNode }) {
  const { t } = useStrings()
  const client = useApi()
  const { data: lines = [] } = useQuery({
    queryKey: ['lines'],
    queryFn: () => listLines(client),
    enabled: label === undefined,
  })
  const name = label ?? lines.flatMap(line => line.destinations).find(each => each.target === target)?.label
  return (
    <div role="status" className="grid gap-1.5 rounded-md bg-sunk px-4 py-3 dark:bg-card">
      <p className="flex items-center gap-2.5 font-[540] [&>svg]:size-[18px] [&>svg]:shrink-0">
        <PhoneForwarded /> {t('try.would_ring', { who: name && name !== target ? `${name} (${target})` : target })}
      </p>
      {children}
    </div>
  )
}

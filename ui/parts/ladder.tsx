import '../strings/areas/calls.ts'
import clsx from 'clsx'
import type { RungDto } from '#lib/calls/contract.ts'
import type { PlainKey } from '../strings/catalogue.tsx'
import { useStrings } from '../strings/catalogue.tsx'

const names: Record<string, PlainKey> = {
  emergency: 'rung.emergency',
  rules: 'rung.rules',
  people: 'rung.people',
  block_list: 'rung.block_list',
  persistent: 'rung.persistent',
  hours: 'rung.hours',
  conversation: 'rung.conversation',
  fallback: 'rung.fallback',
  owner: 'rung.owner',
}

/** The rungs that were asked, in order, and the one that decided. */
export function Ladder({ rungs }: { rungs: readonly RungDto[] }) {
  const { t, said } = useStrings()
  return (
    <ol>
      {rungs.map((rung, index) => {
        const isHit = rung.outcome === 'hit'
        const name = names[rung.rung]
        return (
          <li
            // biome-ignore lint/suspicious/noArrayIndexKey: a rung may be asked twice in a call, its place names it
            key={index}
            aria-current={isHit ? 'step' : undefined}
            className="relative grid grid-cols-[18px_minmax(0,1fr)] gap-2.5 pb-2.5 text-small last:pb-0"
          >
            <span
              aria-hidden
              className={clsx(
                'mt-[5px] ml-1 size-[9px] rounded-full border-[1.6px]',
                isHit ? 'border-accent bg-accent' : 'border-ink-3',
              )}
            />
            <div>
              <p className={isHit ? 'font-[600] text-ink' : 'text-ink-2'}>{name ? t(name) : rung.rung}</p>
              <p className="text-tiny text-ink-2 [overflow-wrap:anywhere]">{said(rung.reason)}</p>
            </div>
          </li>
        )
      })}
    </ol>
  )
}

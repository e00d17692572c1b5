import '../../strings/areas/inbox.ts'
import { useEffect, useMemo, useRef } from 'react'
import type { CallDto } from '#lib/calls/contract.ts'
import { type Formats, useFormats, useNow } from '../../platform/clock.tsx'
import { useStrings } from '../../strings/catalogue.tsx'
import { CallRow } from './call-row.tsx'
import { topsOf, useHeight, useInSight, useKeptPlace } from './use-in-sight.ts'

type Item = { kind: 'day'; key: string; at: string } | { kind: 'call'; key: string; call: CallDto }

function group(calls: readonly CallDto[], dayOf: (call: CallDto) => string): Item[] {
  const items: Item[] = []
  let day = ''
  for (const call of calls) {
    const key = dayOf(call)
    if (key !== day) {
      day = key
      items.push({ kind: 'day', key: `day ${key}`, at: call.timestamp })
    }
    items.push({ kind: 'call', key: `call ${call.id}`, call })
  }
  return items
}

/** The day of each call, worked out once: ten thousand dates are not formatted again for every fifty that arrive. */
function useDays({ dayKey }: Formats): (call: CallDto) => string {
  return useMemo(() => {
    const known = new WeakMap<CallDto, string>()
    return call => {
      const day = known.get(call) ?? dayKey(call.timestamp)
      known.set(call, day)
      return day
    }
  }, [dayKey])
}

type ListProps = {
  calls: readonly CallDto[]
  selected: string | null
  hasMore: boolean
  onMore(): void
  onOpen(call: CallDto): void
  onArchive(call: CallDto): void
}

/** By day, and only what is in sight is in the page: ten thousand calls scroll like ten. */
export function CallList({ calls, selected, hasMore, onMore, onOpen, onArchive }: ListProps) {
  const { t } = useStrings()
  const formats = useFormats()
  const now = useNow(60_000)
  const dayOf = useDays(formats)
  const items = useMemo(() => group(calls, dayOf), [calls, dayOf])
  const keys = useMemo(() => items.map(item => item.key), [items])
  const [dayHeight, measureDay] = useHeight(40)
  const [callHeight, measureCall] = useHeight(65)
  const tops = useMemo(
    () => topsOf(items.map(item => (item.kind === 'day' ? dayHeight : callHeight))),
    [items, dayHeight, callHeight],
  )
  const scroller = useRef<HTMLDivElement>(null)
  useKeptPlace(scroller, keys, tops)
  const { from, to, show } = useInSight(scroller, tops)
  const rows = items.slice(from, to)
  const sampleDay = rows.find(item => item.kind === 'day')
  const sampleCall = rows.find(item => item.kind === 'call')

  useEffect(() => {
    if (hasMore && to > items.length - 20) onMore()
  }, [hasMore, to, items.length, onMore])

  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new choice scrolls; a list that grows under the reader stays where it is
  useEffect(() => {
    if (!selected) return
    const index = items.findIndex(item => item.kind === 'call' && item.call.callId === selected)
    if (index >= 0) show(index)
  }, [selected])

  return (
    <div ref={scroller} className="min-h-0 flex-1 overflow-y-auto [overflow-anchor:none]" data-testid="calls">
      <ul className="relative" style={{ height: tops.at(-1) }} aria-label={t('inbox.calls')}>
        {rows.map((item, index) => (
          <li
            key={item.key}
            className="absolute inset-x-0 top-0"
            style={{ transform: `translateY(${tops[from + index]}px)` }}
          >
            {item.kind === 'day' ? (
              <h2
                ref={item === sampleDay ? measureDay : undefined}
                className="px-4 pt-3.5 pb-1.5 text-tiny font-semibold tracking-normal text-ink-3"
              >
                {formats.day(item.at, now)}
              </h2>
            ) : (
              <div ref={item === sampleCall ? measureCall : undefined}>
                <CallRow
                  call={item.call}
                  isSelected={item.call.callId === selected}
                  onOpen={onOpen}
                  onArchive={onArchive}
                />
              </div>
            )}
          </li>
        ))}
      </ul>
    </div>
  )
}

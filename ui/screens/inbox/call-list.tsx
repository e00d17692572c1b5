import '../../strings/areas/calls.ts'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useMemo, useRef } from 'react'
import type { CallDto } from '#lib/calls/contract.ts'
import { type Formats, useFormats, useNow } from '../../platform/clock.tsx'
import { useStrings } from '../../strings/catalogue.tsx'
import { CallRow } from './call-row.tsx'

type Item = { kind: 'day'; key: string; title: string } | { kind: 'call'; key: string; call: CallDto }

function group(calls: readonly CallDto[], formats: Formats, now: number): Item[] {
  const items: Item[] = []
  let day = ''
  for (const call of calls) {
    const key = formats.dayKey(call.timestamp)
    if (key !== day) {
      day = key
      items.push({ kind: 'day', key: `day ${key}`, title: formats.day(call.timestamp, now) })
    }
    items.push({ kind: 'call', key: `call ${call.id}`, call })
  }
  return items
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
  const items = useMemo(() => group(calls, formats, now), [calls, formats, now])
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: index => (items[index]?.kind === 'day' ? 40 : 65),
    getItemKey: index => items[index]?.key ?? index,
    initialRect: { width: 390, height: 900 },
    overscan: 10,
  })
  const rows = virtual.getVirtualItems()
  const last = rows.at(-1)?.index ?? 0

  useEffect(() => {
    if (hasMore && last >= items.length - 15) onMore()
  }, [hasMore, last, items.length, onMore])

  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new choice scrolls; a list that grows under the reader stays where it is
  useEffect(() => {
    if (!selected) return
    const index = items.findIndex(item => item.kind === 'call' && item.call.callId === selected)
    if (index >= 0) virtual.scrollToIndex(index, { align: 'auto' })
  }, [selected])

  return (
    <div ref={scroller} className="min-h-0 flex-1 overflow-y-auto" data-testid="calls">
      <ul className="relative" style={{ height: virtual.getTotalSize() }} aria-label={t('inbox.calls')}>
        {rows.map(row => {
          const item = items[row.index]
          if (!item) return null
          return (
            <li
              key={row.key}
              ref={virtual.measureElement}
              data-index={row.index}
              className="absolute inset-x-0 top-0"
              style={{ transform: `translateY(${row.start}px)` }}
            >
              {item.kind === 'day' ? (
                <h2 className="px-4 pt-3.5 pb-1.5 text-tiny font-semibold tracking-normal text-ink-3">{item.title}</h2>
              ) : (
                <CallRow
                  call={item.call}
                  isSelected={item.call.callId === selected}
                  onOpen={onOpen}
                  onArchive={onArchive}
                />
              )}
            </li>
          )
        })}
      </ul>
    </div>
  )
}

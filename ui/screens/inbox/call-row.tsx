import '../../strings/areas/inbox.ts'
import clsx from 'clsx'
import { Archive } from 'lucide-react'
import { memo, type PointerEvent, useRef, useState } from 'react'
import type { CallDto } from '#lib/calls/contract.ts'
import { Avatar } from '../../parts/avatar.tsx'
import { ActionTag, Tag } from '../../parts/tag.tsx'
import { useFormats } from '../../platform/clock.tsx'
import { usePlatform } from '../../platform/port.ts'
import { useStrings } from '../../strings/catalogue.tsx'
import { isWithheld, lineOf, nameCaller, toneOf } from '../call-names.ts'

type RowProps = {
  call: CallDto
  isSelected: boolean
  onOpen(call: CallDto): void
  onArchive(call: CallDto): void
}

/** So far must a finger go before letting go archives. */
const swipeAt = 96

export const CallRow = memo(function CallRow({ call, isSelected, onOpen, onArchive }: RowProps) {
  const { t, said } = useStrings()
  const formats = useFormats()
  const { Link } = usePlatform()
  const swipe = useSwipe(() => onArchive(call))
  const who = nameCaller(call, t)
  const isRunning = call.status === 'in_progress'
  const isUrgent = call.urgency === 'high' || call.urgency === 'emergency'

  return (
    <div className="relative overflow-hidden">
      {swipe.dx < 0 && (
        <div aria-hidden className="absolute inset-0 flex items-center justify-end gap-2 bg-blue-soft pr-6 text-blue">
          <Archive size={20} /> {t('inbox.archive')}
        </div>
      )}
      <Link
        href={`/inbox/${encodeURIComponent(call.callId)}`}
        data-call={call.callId}
        aria-current={isSelected ? 'true' : undefined}
        draggable={false}
        {...swipe.handlers}
        onClick={event => {
          if (swipe.hasMoved()) return event.preventDefault()
          if (event.metaKey || event.ctrlKey || event.shiftKey) return
          event.preventDefault()
          onOpen(call)
        }}
        style={swipe.dx ? { transform: `translateX(${swipe.dx}px)` } : undefined}
        className={clsx(
          'relative grid touch-pan-y grid-cols-[40px_minmax(0,1fr)] gap-x-3 px-4 py-2.5 -outline-offset-2',
          isSelected ? 'bg-card shadow-[inset_3px_0_0_var(--accent)]' : 'bg-paper hover:bg-sunk/60',
        )}
      >
        <Avatar
          name={call.callerName ?? call.organisation ?? ''}
          sign={isWithheld(call.callerNumber) ? '?' : '#'}
          tone={toneOf(call)}
        />
        <span className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-px">
          <span className="flex items-baseline gap-2">
            <span className={clsx('truncate', call.isRead ? 'font-[500]' : 'font-[620]')}>{who}</span>
            {!call.isRead && (
              <span className="size-[7px] shrink-0 -translate-y-px rounded-full bg-accent">
                <span className="sr-only">{t('inbox.is_unread')}</span>
              </span>
            )}
            <time dateTime={call.timestamp} className="ml-auto shrink-0 pl-1 text-[12.5px] text-ink-3">
              {formats.time(call.timestamp)}
            </time>
          </span>
          <span className="flex items-center gap-2">
            <span className="min-w-0 flex-1 truncate text-[14px] text-ink-2">
              {lineOf(call, said) || (isRunning && t('inbox.speaking_now'))}
            </span>
            {isUrgent && <Tag tone="red">{t(`urgency.${call.urgency === 'emergency' ? 'emergency' : 'high'}`)}</Tag>}
            <ActionTag action={call.action} isRunning={isRunning} />
          </span>
        </span>
      </Link>
    </div>
  )
})

/** To the left with a finger; a mouse and vertical scrolling are left alone. */
function useSwipe(onSwiped: () => void) {
  const [dx, setDx] = useState(0)
  const start = useRef<{ x: number; y: number; id: number } | null>(null)
  const moved = useRef(false)
  const end = (event: PointerEvent) => {
    if (start.current?.id !== event.pointerId) return
    start.current = null
    if (dx < -swipeAt) onSwiped()
    setDx(0)
  }
  return {
    dx,
    hasMoved: () => moved.current,
    handlers: {
      onPointerDown(event: PointerEvent) {
        moved.current = false
        if (event.pointerType !== 'mouse') start.current = { x: event.clientX, y: event.clientY, id: event.pointerId }
      },
      onPointerMove(event: PointerEvent) {
        if (start.current?.id !== event.pointerId) return
        const x = event.clientX - start.current.x
        if (Math.abs(x) > 12) moved.current = true
        if (moved.current) setDx(Math.min(0, x))
      },
      onPointerUp: end,
      onPointerCancel(event: PointerEvent) {
        if (start.current?.id !== event.pointerId) return
        start.current = null
        setDx(0)
      },
    },
  }
}

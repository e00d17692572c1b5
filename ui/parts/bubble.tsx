import clsx from 'clsx'
import type { ReactNode } from 'react'

type BubbleProps = {
  /** Finds this turn again, to scroll to it. */
  turn?: number
  who: 'caller' | 'assistant'
  time?: string
  /** Read out before the words. */
  speaker: string
  /** The audio is here now, or the words are still being spoken. */
  now?: boolean
  /** Words that were not heard any more. */
  cut?: string | null
  onSeek?: (() => void) | undefined
  seekLabel?: string
  children: ReactNode
}

/** One side's words, with the time at which they were said. */
export function Bubble({ turn, who, time, speaker, now = false, cut, onSeek, seekLabel, children }: BubbleProps) {
  const isAssistant = who === 'assistant'
  return (
    <li data-turn={turn} className={clsx('grid grid-cols-[44px_minmax(0,1fr)] gap-3', isAssistant && 'ml-8 sm:ml-11')}>
      {onSeek ? (
        <button
          type="button"
          onClick={onSeek}
          aria-label={seekLabel}
          className="self-start pt-2 text-right text-tiny text-ink-3 hover:text-accent"
        >
          {time}
        </button>
      ) : (
        <span className="pt-2 text-right text-tiny text-ink-3">{time}</span>
      )}
      <div
        className={clsx(
          'w-fit max-w-[560px] px-3.5 py-2 [overflow-wrap:anywhere]',
          isAssistant
            ? 'rounded-[14px_4px_14px_14px] bg-accent-soft text-accent-ink'
            : 'rounded-[4px_14px_14px_14px] bg-bubble text-ink',
          now && 'outline-2 outline-offset-1 outline-accent',
        )}
      >
        <span className="sr-only">{speaker}: </span>
        <span className="whitespace-pre-wrap">{children}</span>
        {cut && <s className="text-ink-3"> {cut}</s>}
      </div>
    </li>
  )
}

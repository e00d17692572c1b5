import { useEffect, useRef } from 'react'
import type { CallDto } from '#lib/calls/contract.ts'

type Keys = {
  calls: readonly CallDto[]
  selected: string | null
  open(call: CallDto): void
  close(): void
  archive(call: CallDto): void
  focusSearch(): void
}

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))

/** j and k move, Enter opens, e archives, / searches, Escape goes back to the list. */
export function useInboxKeys(keys: Keys) {
  const latest = useRef(keys)
  useEffect(() => {
    latest.current = keys
  })
  useEffect(() => {
    function press(event: KeyboardEvent) {
      // A window that Escape has just closed took the key for itself.
      if (event.defaultPrevented) return
      if (event.metaKey || event.ctrlKey || event.altKey || isTyping(event.target)) return
      if (document.querySelector('[role="dialog"],[role="alertdialog"]')) return
      const { calls, selected, open, close, archive, focusSearch } = latest.current
      const focused = document.activeElement?.closest<HTMLElement>('[data-call]')?.dataset.call
      const index = calls.findIndex(call => call.callId === (focused ?? selected))
      const move = (step: number) => {
        const next = calls[Math.min(calls.length - 1, Math.max(0, index + step))]
        if (!next) return
        event.preventDefault()
        if (matchMedia('(min-width: 1024px)').matches) open(next)
        // The row may only come into the page once the list has scrolled to it.
        requestAnimationFrame(() =>
          document.querySelector<HTMLElement>(`[data-call="${CSS.escape(next.callId)}"]`)?.focus(),
        )
      }
      switch (event.key) {
        case 'j':
          return move(1)
        case 'k':
          return move(-1)
        case 'e': {
          const call = calls[index]
          if (call) archive(call)
          return
        }
        case '/':
          event.preventDefault()
          return focusSearch()
        case 'Escape':
          if (selected) close()
      }
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [])
}

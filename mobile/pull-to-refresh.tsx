import { useQueryClient } from '@tanstack/react-query'
import { RefreshCw } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useStrings } from '#ui/strings/catalogue.tsx'
import { startPull } from './pull.ts'

/** Pulling down at the top of a list reads everything on the screen again. */
export function PullToRefresh() {
  const { t } = useStrings()
  const queries = useQueryClient()
  const [pulledPx, setPulled] = useState(0)
  const [isBusy, setBusy] = useState(false)
  const busy = useRef(false)

  useEffect(() => {
    async function refresh() {
      if (busy.current) return
      busy.current = true
      setBusy(true)
      await queries.invalidateQueries()
      busy.current = false
      setBusy(false)
    }
    return startPull({ onMove: setPulled, onPulled: () => void refresh() })
  }, [queries])

  const isShown = isBusy || pulledPx > 0
  return (
    <>
      <p role="status" className="sr-only">
        {isBusy ? t('phone.refreshing') : ''}
      </p>
      {isShown && (
        <div
          aria-hidden
          className="pointer-events-none fixed inset-x-0 top-[env(safe-area-inset-top)] z-30 grid justify-items-center"
          style={{ transform: `translateY(${isBusy ? 16 : pulledPx / 2}px)` }}
        >
          <span className="rounded-full border border-line bg-card p-2 shadow-lift">
            <RefreshCw
              size={18}
              className={isBusy ? 'motion-safe:animate-spin' : ''}
              style={isBusy ? undefined : { transform: `rotate(${pulledPx * 3}deg)` }}
            />
          </span>
        </div>
      )}
    </>
  )
}

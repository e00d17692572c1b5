import { lazy, Suspense } from 'react'
import { useRunningCalls } from '../live/use-running.ts'

const LiveRow = lazy(() => import('./live-row.tsx').then(module => ({ default: module.LiveRow })))

/** Above the inbox while somebody is on the line. */
export function LiveStrip() {
  const running = useRunningCalls()
  return (
    <ul aria-live="polite" className="grid gap-2 empty:hidden">
      <Suspense>
        {running.calls.slice(0, 2).map(call => (
          <LiveRow key={call.callId} callId={call.callId} />
        ))}
      </Suspense>
    </ul>
  )
}

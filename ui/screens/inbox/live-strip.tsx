import { useRunningCalls } from '../live/use-running.ts'
import { LiveRow } from './live-row.tsx'

/** Above the inbox while somebody is on the line. */
export function LiveStrip() {
  const running = useRunningCalls()
  return (
    <ul aria-live="polite" className="grid gap-2 empty:hidden">
      {running.calls.slice(0, 2).map(call => (
        <LiveRow key={call.callId} callId={call.callId} />
      ))}
    </ul>
  )
}

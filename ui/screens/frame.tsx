import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { listCalls } from '../api/calls.ts'
import { type HealthDto, readHealth } from '../api/health.ts'
import { LiveProvider, useApi } from '../api/provider.tsx'
import { Shell } from '../parts/shell.tsx'
import { ErrorBoundary } from '../parts/state.tsx'
import { Toasts } from '../parts/toast.tsx'
import { useStrings } from '../strings/catalogue.tsx'

type FrameProps = { isAdmin: boolean; unread?: number; health?: HealthDto | undefined; children: ReactNode }

/** Around every signed-in page: navigation, the event stream, messages. */
export function Frame(props: FrameProps) {
  return (
    <LiveProvider>
      <Navigation {...props} />
      <Toasts />
    </LiveProvider>
  )
}

function Navigation({ isAdmin, unread = 0, health, children }: FrameProps) {
  const { t } = useStrings()
  const client = useApi()
  const counts = useQuery({
    queryKey: ['calls', 'counts'],
    queryFn: async ({ signal }) => {
      const running = await listCalls(client, { status: 'in_progress', limit: 50 }, signal)
      return { unread: running.unread, running: running.calls.filter(call => call.source === 'phone').length }
    },
    initialData: { unread, running: 0 },
    initialDataUpdatedAt: 0,
  })
  const machine = useQuery({
    queryKey: ['health'],
    queryFn: ({ signal }) => readHealth(client, signal),
    initialData: health,
    refetchInterval: 30_000,
  })
  const status = machine.isError
    ? [{ key: 'service', text: t('status.unreachable'), isFine: false }]
    : (machine.data?.lines ?? []).map(line => ({
        key: line.part,
        isFine: line.isFine,
        text: t(`status.${line.part}_${line.state}`),
      }))
  return (
    <Shell isAdmin={isAdmin} unread={counts.data.unread} running={counts.data.running} status={status}>
      <ErrorBoundary>{children}</ErrorBoundary>
    </Shell>
  )
}

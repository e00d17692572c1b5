import { useQuery } from '@tanstack/react-query'
import { listCalls } from '../../api/calls.ts'
import { useApi } from '../../api/context.tsx'
import { useNow } from '../../platform/clock.tsx'

/** A conversation that nobody ended within this time is not live any more, whatever its row says. */
const longestMs = 15 * 60_000

/** The calls that run now. */
export function useRunningCalls() {
  const client = useApi()
  const now = useNow(30_000)
  const query = useQuery({
    queryKey: ['calls', 'running'],
    queryFn: ({ signal }) => listCalls(client, { status: 'in_progress', limit: 20 }, signal),
    refetchInterval: 20_000,
  })
  const calls = (query.data?.calls ?? []).filter(call => now - Date.parse(call.timestamp) < longestMs)
  return { ...query, calls }
}

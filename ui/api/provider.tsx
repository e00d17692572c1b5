import { QueryClient, QueryClientProvider, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, startTransition, useEffect, useState } from 'react'
import type { LiveMessage } from '#lib/calls/contract.ts'
import { usePlatform } from '../platform/port.ts'
import { ClientProvider, StreamContext, useApi } from './context.tsx'
import { openEventStream, type StreamState } from './events.ts'
import { type Pages, touch } from './lists.ts'
import { applyEvent, type LiveDetail } from './live.ts'
import { ApiError } from './problem.ts'

export { useApi, useStream } from './context.tsx'

function isWorthRetrying(failures: number, error: unknown): boolean {
  if (error instanceof ApiError && error.status >= 400 && error.status < 500) return false
  // Who waited half a minute is told, and not made to wait twice more.
  if (error instanceof ApiError && error.code === 'timeout') return false
  return failures < 2
}

/** The cache of what was read. */
export function CacheProvider({ children }: { children: ReactNode }) {
  const [queries] = useState(
    () =>
      new QueryClient({
        defaultOptions: {
          queries: { staleTime: 15_000, gcTime: 10 * 60_000, retry: isWorthRetrying, networkMode: 'always' },
          mutations: { networkMode: 'always' },
        },
      }),
  )
  return <QueryClientProvider client={queries}>{children}</QueryClientProvider>
}

/** The REST client and the cache of what it read. */
export function ApiProvider({ children }: { children: ReactNode }) {
  return (
    <ClientProvider>
      <CacheProvider>{children}</CacheProvider>
    </ClientProvider>
  )
}

/** One event stream for the tab; what it says goes into the cache that every screen reads. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const client = useApi()
  const queries = useQueryClient()
  const platform = usePlatform()
  const [state, setState] = useState<StreamState>('connecting')

  useEffect(() => {
    let listTimer: ReturnType<typeof setTimeout> | undefined
    /** Many events in a moment are one look at the list. */
    const refreshLists = (callId: string) => {
      queries.setQueriesData<Pages>({ queryKey: ['calls', 'list'] }, pages => touch(pages, callId))
      listTimer ??= setTimeout(() => {
        listTimer = undefined
        void queries.invalidateQueries({ queryKey: ['calls'] })
      }, 250)
    }
    const hear = (message: LiveMessage) => {
      switch (message.event) {
        case 'call': {
          const key = ['call', message.data.callId]
          const known = queries.getQueryData<LiveDetail>(key)
          if (known) queries.setQueryData<LiveDetail>(key, applyEvent(known, message.data))
          if (message.data.kind === 'ended' || message.data.kind === 'decided')
            void queries.invalidateQueries({ queryKey: key })
          if (message.data.kind !== 'hearing' && message.data.kind !== 'measured') refreshLists(message.data.callId)
          return
        }
        case 'changed':
          void queries.invalidateQueries({ queryKey: ['call', message.data.callId] })
          return refreshLists(message.data.callId)
        case 'deleted':
          return refreshLists(message.data.callId)
        case 'reset':
          void queries.invalidateQueries()
          return
        case 'end':
          if (message.data.reason === 'signed_out') platform.restart('/login?ended=1')
      }
    }
    // Not at once: what the server painted is kept until its script is there.
    const close = openEventStream(client, { onMessage: hear, onState: next => startTransition(() => setState(next)) })
    return () => {
      clearTimeout(listTimer)
      close()
    }
  }, [client, queries, platform])

  return <StreamContext value={state}>{children}</StreamContext>
}

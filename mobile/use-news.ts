import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { orderCall } from '#ui/api/calls.ts'
import { subscribePush } from '#ui/api/notifications.ts'
import { useApi } from '#ui/api/provider.tsx'
import { useProblemText } from '#ui/parts/state.tsx'
import { tellProblem } from '#ui/parts/toast.tsx'
import { usePlatform } from '#ui/platform/port.ts'
import { News } from './news.ts'

export const newsKey = ['phone', 'news']
export const subscriptionKey = ['phone', 'subscription']

/** How the phone hears news; fresh whenever Java says that something changed. */
export function useNewsStatus() {
  const queries = useQueryClient()
  useEffect(() => {
    const listener = News.addListener('changed', status => queries.setQueryData(newsKey, status))
    return () => void listener.then(handle => handle.remove())
  }, [queries])
  return useQuery({ queryKey: newsKey, queryFn: () => News.status(), staleTime: Number.POSITIVE_INFINITY })
}

/**
 * Tells the server where this phone hears. At every start, because the distributor may have moved us while the app was
 * closed, and because a subscription belongs to the session that made it.
 */
export function useSubscription() {
  const client = useApi()
  const { data } = useNewsStatus()
  const { endpoint, p256dh, auth } = data ?? {}
  return useQuery({
    queryKey: [...subscriptionKey, endpoint],
    enabled: Boolean(endpoint && p256dh && auth),
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: () =>
      subscribePush(client, {
        endpoint: endpoint ?? '',
        keys: { p256dh: p256dh ?? '', auth: auth ?? '' },
        kind: 'unifiedpush',
      }),
  })
}

/** A button of a notification: its word is exchanged for the order, which then goes to the server with the session. */
export function useOrders(path: string) {
  const client = useApi()
  const { navigate } = usePlatform()
  const say = useProblemText()
  const word = /^\/live\/order\/([\w-]+)$/.exec(path)?.[1]
  // biome-ignore lint/correctness/useExhaustiveDependencies: an order is given once, whatever else renders
  useEffect(() => {
    if (!word) return
    void (async () => {
      navigate('/live', { replace: true })
      const { order, callId } = await News.redeem({ word })
      if (callId && (order === 'take' || order === 'voicemail')) await orderCall(client, callId, { kind: order })
    })().catch(error => tellProblem(say(error)))
  }, [word])
}

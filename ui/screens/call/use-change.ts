import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { CallPatch } from '#lib/calls/contract.ts'
import { changeCall } from '../../api/calls.ts'
import { useApi } from '../../api/context.tsx'
import type { LiveDetail } from '../../api/live.ts'

/** Changes a call; the page shows the change at once and takes it back when the service refuses. */
export function useCallChange(callId: string) {
  const client = useApi()
  const queries = useQueryClient()
  const key = ['call', callId]
  return useMutation({
    mutationFn: (patch: CallPatch) => changeCall(client, callId, patch),
    onMutate: async patch => {
      await queries.cancelQueries({ queryKey: key })
      const before = queries.getQueryData<LiveDetail>(key)
      if (before) {
        const known = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined))
        queries.setQueryData<LiveDetail>(key, { ...before, ...known })
      }
      return { before }
    },
    onError: (_error, _patch, context) => {
      if (context?.before) queries.setQueryData(key, context.before)
    },
    onSettled: () => {
      void queries.invalidateQueries({ queryKey: key })
      void queries.invalidateQueries({ queryKey: ['calls'] })
    },
  })
}

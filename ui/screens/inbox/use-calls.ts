import '../../strings/areas/inbox.ts'
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { CallDto, CallFilters, CallListDto } from '#lib/calls/contract.ts'
import { changeCall, listCalls } from '../../api/calls.ts'
import { useApi } from '../../api/context.tsx'
import { joinHead, keptPage, type Pages } from '../../api/lists.ts'
import { useProblemText } from '../../parts/state.tsx'
import { tellProblem, tellWithUndo } from '../../parts/toast.tsx'
import { useStrings } from '../../strings/catalogue.tsx'
import { nameCaller } from '../call-names.ts'

export type Show = 'all' | 'messages' | 'forwarded' | 'blocked' | 'archived'

const filtersOf: Record<Show, CallFilters> = {
  all: {},
  messages: { action: 'voicemail' },
  forwarded: { action: 'forward' },
  blocked: { action: 'block' },
  archived: { archived: true },
}

/** The calls of one filter and search, page after page. */
export function useCalls(show: Show, q: string, first?: CallListDto, firstAt?: number) {
  const client = useApi()
  const queries = useQueryClient()
  const isFirstView = show === 'all' && q === ''
  const queryKey = ['calls', 'list', show, q]
  const query = useInfiniteQuery({
    queryKey,
    queryFn: async ({ pageParam: cursor, signal }) => {
      const known = queries.getQueryData<Pages>(queryKey)
      const kept = keptPage(known, cursor)
      if (kept) return kept
      const filters = { ...filtersOf[show], ...(q ? { q } : {}) }
      if (cursor) return listCalls(client, { ...filters, cursor, limit: 100 }, signal)
      return joinHead(known, await listCalls(client, { ...filters, limit: 50 }, signal))
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: page => page.nextCursor ?? undefined,
    ...(isFirstView && first
      ? { initialData: { pages: [first], pageParams: [undefined] } satisfies Pages, initialDataUpdatedAt: firstAt ?? 0 }
      : {}),
  })
  const calls = useMemo(() => {
    const seen = new Set<number>()
    // A call that arrives between two pages must not stand in the list twice.
    return (query.data?.pages ?? []).flatMap(page => page.calls).filter(call => !seen.has(call.id) && seen.add(call.id))
  }, [query.data])
  return { ...query, calls }
}

/** What can be done to a call from the list, at once and with a way back. */
export function useCallActions() {
  const client = useApi()
  const queries = useQueryClient()
  const { t } = useStrings()
  const say = useProblemText()

  function editLists(edit: (call: CallDto) => CallDto | null) {
    queries.setQueriesData<Pages>(
      { queryKey: ['calls', 'list'] },
      pages =>
        pages && {
          ...pages,
          pages: pages.pages.map(page => ({
            ...page,
            calls: page.calls.map(edit).filter(call => call !== null),
          })),
        },
    )
  }

  const drop = (callId: string) => editLists(each => (each.callId === callId ? null : each))
  const remember = () => queries.getQueriesData<Pages>({ queryKey: ['calls', 'list'] })
  /** Back to where everything stood, also in the depth of a long list, which is not read again. */
  const restore = (lists: ReturnType<typeof remember>) => {
    for (const [key, pages] of lists) queries.setQueryData(key, pages)
  }

  async function setArchived(call: CallDto, isArchived: boolean, show: () => void) {
    await queries.cancelQueries({ queryKey: ['calls', 'list'] })
    const before = remember()
    show()
    try {
      await changeCall(client, call.callId, { isArchived })
    } catch (error) {
      restore(before)
      tellProblem(say(error))
    }
    void queries.invalidateQueries({ queryKey: ['calls'] })
    void queries.invalidateQueries({ queryKey: ['call', call.callId] })
  }

  return {
    archive(call: CallDto) {
      const before = remember()
      void setArchived(call, true, () => drop(call.callId))
      tellWithUndo(t('inbox.archived', { who: nameCaller(call, t) }), {
        label: t('undo'),
        run: () => void setArchived(call, false, () => restore(before)),
      })
    },
    unarchive: (call: CallDto) => void setArchived(call, false, () => drop(call.callId)),
    markRead(callId: string) {
      editLists(each => (each.callId === callId ? { ...each, isRead: true } : each))
      changeCall(client, callId, { isRead: true }).then(
        () => queries.invalidateQueries({ queryKey: ['calls', 'counts'] }),
        () => {},
      )
    },
    dropFromLists: drop,
  }
}

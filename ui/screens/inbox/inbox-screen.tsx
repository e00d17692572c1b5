import '../../strings/areas/inbox.ts'
import { useQueryClient } from '@tanstack/react-query'
import clsx from 'clsx'
import { Inbox, Search, X } from 'lucide-react'
import { lazy, memo, Suspense, useCallback, useDeferredValue, useEffect, useRef, useState } from 'react'
import type { CallDetailDto, CallDto, CallListDto } from '#lib/calls/contract.ts'
import { findCall } from '../../api/calls.ts'
import { useApi } from '../../api/context.tsx'
import { Chips } from '../../parts/chips.tsx'
import { Empty, Problem, SkeletonRows } from '../../parts/state.tsx'
import { usePlatform } from '../../platform/port.ts'
import { onFirstSign } from '../../platform/presence.ts'
import { useStrings } from '../../strings/catalogue.tsx'
import { CallSkeleton } from '../call/call-skeleton.tsx'
import { CallList } from './call-list.tsx'
import { LiveStrip } from './live-strip.tsx'
import { type Show, useCallActions, useCalls } from './use-calls.ts'
import { useInboxKeys } from './use-inbox-keys.ts'

const loadCall = () => import('../call/call-screen.tsx').then(module => ({ default: module.CallScreen }))
const CallScreen = lazy(loadCall)
const Nothing = lazy(() => import('./nothing.tsx').then(module => ({ default: module.Nothing })))

export type InboxProps = {
  /** As the server read them, for the first paint. */
  first?: CallListDto
  firstAt?: number
  call?: CallDetailDto | undefined
}

const callPath = (callId: string) => `/inbox/${encodeURIComponent(callId)}`

/** The list of calls, and from 1024 px the chosen call beside it. */
export function InboxScreen({ first, firstAt, call }: InboxProps) {
  const { t, tn } = useStrings()
  const platform = usePlatform()
  const path = platform.usePath()
  const selected = path.startsWith('/inbox/') ? decodeURIComponent(path.slice('/inbox/'.length)) : null
  const [show, setShow] = useState<Show>('all')
  const [typed, setTyped] = useState('')
  const q = useSettled(typed.trim())
  // The press is seen at once, the other list as soon as it is drawn.
  const shown = useDeferredValue(show)
  const list = useCalls(shown, q, first, firstAt)
  const actions = useCallActions()
  const search = useRef<HTMLInputElement>(null)
  const { fetchNextPage, isFetchingNextPage, hasNextPage } = list

  const ahead = useReadAhead()
  const open = useCallback(
    (each: CallDto) => {
      ahead(each.callId)
      platform.move(callPath(each.callId))
    },
    [platform, ahead],
  )
  const close = useCallback(() => platform.move('/inbox'), [platform])
  const more = useCallback(() => {
    if (!isFetchingNextPage) void fetchNextPage()
  }, [fetchNextPage, isFetchingNextPage])

  const archive = useSame((each: CallDto) => {
    if (selected === each.callId) {
      const index = list.calls.findIndex(known => known.callId === each.callId)
      const next = list.calls[index + 1] ?? list.calls[index - 1]
      platform.move(next ? callPath(next.callId) : '/inbox', { replace: true })
    }
    if (shown === 'archived') actions.unarchive(each)
    else actions.archive(each)
  })

  // The call page comes while the finger is on its way: the first press opens at once.
  useEffect(() => onFirstSign(() => void loadCall().catch(() => {})), [])

  useInboxKeys({ calls: list.calls, selected, open, close, archive, focusSearch: () => search.current?.focus() })

  return (
    <div className="grid h-full grid-cols-[minmax(0,1fr)] lg:grid-cols-[400px_minmax(0,1fr)]">
      <section
        aria-label={t('inbox.title')}
        className={clsx('min-h-0 min-w-0 flex-col border-line lg:flex lg:border-r', selected ? 'hidden' : 'flex')}
      >
        <header className="grid grid-cols-[minmax(0,1fr)] gap-2 px-4 pt-4 pb-1.5">
          <h1 className="text-title font-[650]">{t('inbox.title')}</h1>
          <div className="flex items-center gap-2 rounded-[10px] bg-sunk px-3 text-ink-3 focus-within:outline-2 focus-within:outline-accent">
            <Search size={18} strokeWidth={1.8} aria-hidden />
            <input
              ref={search}
              type="search"
              value={typed}
              onChange={event => setTyped(event.target.value)}
              onKeyDown={event => {
                if (event.key === 'Escape') {
                  setTyped('')
                  event.currentTarget.blur()
                }
              }}
              placeholder={t('inbox.search')}
              aria-label={t('inbox.search')}
              maxLength={200}
              className="min-w-0 flex-1 bg-transparent py-2 text-[16px] text-ink outline-none sm:text-base [&::-webkit-search-cancel-button]:hidden"
            />
            {typed ? (
              <button
                type="button"
                aria-label={t('inbox.clear_search')}
                onClick={() => setTyped('')}
                className="grid size-7 place-items-center rounded-sm hover:text-ink"
              >
                <X size={16} />
              </button>
            ) : (
              <kbd className="hidden rounded-[5px] border border-line px-1.5 text-tiny lg:block">/</kbd>
            )}
          </div>
          <Chips<Show>
            label={t('inbox.filter')}
            value={show}
            onChange={setShow}
            options={[
              { value: 'all', label: t('inbox.all') },
              { value: 'messages', label: t('inbox.messages') },
              { value: 'forwarded', label: t('action.forward') },
              { value: 'blocked', label: t('action.block') },
              { value: 'archived', label: t('inbox.archive_box') },
            ]}
          />
        </header>
        {shown === 'all' && !q && <LiveStrip />}
        <p role="status" className="sr-only">
          {list.isFetching ? '' : tn('inbox.shown', list.calls.length)}
        </p>
        {list.isError && list.calls.length === 0 ? (
          <Problem error={list.error} onRetry={() => void list.refetch()} className="m-4" />
        ) : list.isPending ? (
          <SkeletonRows />
        ) : list.calls.length === 0 ? (
          <Suspense>
            <Nothing show={shown} q={q} />
          </Suspense>
        ) : (
          <CallList
            key={`${shown} ${q}`}
            calls={list.calls}
            selected={selected}
            hasMore={hasNextPage}
            onMore={more}
            onOpen={open}
            onArchive={archive}
          />
        )}
      </section>
      <div className={clsx('min-h-0 min-w-0 overflow-y-auto', !selected && 'hidden lg:block')}>
        {selected ? (
          <Chosen callId={selected} painted={call} onClose={close} onArchive={archive} />
        ) : (
          <div className="grid h-full place-items-center">
            <Empty icon={Inbox} title={t('inbox.choose')}>
              {t('inbox.keys')}
            </Empty>
          </div>
        )}
      </div>
    </div>
  )
}

type ChosenProps = {
  callId: string
  /** The call that the server painted. */
  painted: CallDetailDto | undefined
  onClose(): void
  onArchive(call: CallDto): void
}

/**
 * Drawn again only when another call is chosen: React throws away what the server painted when something changes around it
 * before its script is there, and the reader would see it go and come.
 */
const Chosen = memo(({ callId, painted, onClose, onArchive }: ChosenProps) => (
  <Suspense fallback={<CallSkeleton />}>
    <CallScreen
      key={callId}
      callId={callId}
      initial={painted?.callId === callId ? painted : undefined}
      onBack={onClose}
      onArchive={onArchive}
      onGone={onClose}
    />
  </Suspense>
))

/** Asks for a call's page and its words at the same time, instead of one after the other. */
function useReadAhead() {
  const client = useApi()
  const queries = useQueryClient()
  return useCallback(
    (callId: string) => {
      void loadCall().catch(() => {})
      void queries.prefetchQuery({
        queryKey: ['call', callId],
        queryFn: ({ signal }) => findCall(client, callId, signal),
      })
    },
    [client, queries],
  )
}

/** The same function for as long as the page stands, doing what it would do now: rows need not be drawn again for it. */
function useSame<Args extends unknown[]>(run: (...args: Args) => void): (...args: Args) => void {
  const latest = useRef(run)
  useEffect(() => {
    latest.current = run
  })
  return useCallback((...args: Args) => latest.current(...args), [])
}

/** The text once nobody has typed for a moment. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), text ? 200 : 0)
    return () => clearTimeout(timer)
  }, [text])
  return settled
}

import type { InfiniteData } from '@tanstack/react-query'
import type { CallDto, CallListDto } from '#lib/calls/contract.ts'

/** One page of a list; `isTouched` when a call in it is no longer what it was. */
type Page = CallListDto & { isTouched?: boolean }
export type Pages = InfiniteData<Page, string | undefined>

/** A list that is not longer is read again as a whole: exact, and cheap. */
const wholePages = 3

const isOlder = (call: CallDto, than: CallDto) =>
  call.timestamp < than.timestamp || (call.timestamp === than.timestamp && call.id < than.id)

/** The page as it is known, when a long list is read again and nothing in that page was touched. */
export function keptPage(known: Pages | undefined, cursor: string | undefined): Page | undefined {
  if (!known || known.pages.length <= wholePages || cursor === undefined) return undefined
  const page = known.pages[known.pageParams.indexOf(cursor)]
  return page?.isTouched ? undefined : page
}

/**
 * The newest calls, put before those of the first page that are older. Its end stays where it was, so the pages below
 * still follow on it: a list of ten thousand is kept fresh by one request instead of two hundred.
 */
export function joinHead(known: Pages | undefined, fresh: CallListDto): CallListDto {
  const head = known?.pages[0]
  const last = fresh.calls.at(-1)
  if (!known || known.pages.length <= wholePages || !head || !last) return fresh
  const older = head.calls.filter(call => isOlder(call, last))
  // So much is new that calls may be missing between the two: then everything is read again.
  if (older.length === head.calls.length) return fresh
  return { ...fresh, calls: [...fresh.calls, ...older], nextCursor: head.nextCursor }
}

/** Marks the page that holds a call, to be read again with the head. */
export function touch(pages: Pages | undefined, callId: string): Pages | undefined {
  const holds = (page: Page) => page.calls.some(call => call.callId === callId)
  if (!pages?.pages.some(holds)) return pages
  return { ...pages, pages: pages.pages.map(page => (holds(page) ? { ...page, isTouched: true } : page)) }
}

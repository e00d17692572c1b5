import { findCallDetail, listCalls } from '#lib/calls/index.ts'
import { isAppError } from '#lib/errors.ts'
import { titled } from '../../../../titled.ts'
import { requireViewer } from '../../../../viewer.ts'
import { Inbox } from './inbox.tsx'

export const generateMetadata = titled('inbox.title')

type Props = { params: Promise<{ call?: string[] }> }

export default async function InboxPage({ params }: Props) {
  const path = (await params).call ?? []
  const { actor } = await requireViewer(`/inbox${path.length > 0 ? `/${path.join('/')}` : ''}`)
  const callId = path.length === 1 ? decodeURIComponent(path[0] ?? '') : null
  const [first, call] = await Promise.all([
    listCalls(actor, { limit: 50 }),
    callId === null ? undefined : findCallDetail(actor, callId).catch(orMissing),
  ])
  return <Inbox first={first} firstAt={Date.now()} call={call} />
}

/** The screen says that the call is gone; every other failure is the page's. */
function orMissing(error: unknown): undefined {
  if (isAppError(error) && error.code === 'not_found') return undefined
  throw error
}

import { readStats } from '#lib/calls/index.ts'
import { titled } from '../../../titled.ts'
import { requireViewer } from '../../../viewer.ts'
import { Overview } from './overview.tsx'

export const generateMetadata = titled('nav.overview')

export default async function OverviewPage() {
  const { actor, account } = await requireViewer('/overview')
  return <Overview first={await readStats(actor, { days: 30, timeZone: account.timeZone })} />
}

import { listKeys, listSessions } from '#lib/accounts/index.ts'
import { titled } from '../../../titled.ts'
import { requireViewer } from '../../../viewer.ts'
import { Settings } from './settings.tsx'

export const generateMetadata = titled('nav.settings')

export default async function SettingsPage() {
  const { actor, account } = await requireViewer('/settings')
  const [keys, sessions] = await Promise.all([listKeys(actor), listSessions(actor)])
  return <Settings account={account} keys={keys} sessions={sessions} />
}

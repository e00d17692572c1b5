import { listLines } from '#lib/lines/index.ts'
import { titled } from '../../../titled.ts'
import { requireViewer } from '../../../viewer.ts'
import { Voice } from './voice.tsx'

export const generateMetadata = titled('nav.voice')

export default async function VoicePage() {
  const { actor, account } = await requireViewer('/voice')
  return <Voice lines={await listLines(actor)} isAdmin={account.role === 'admin'} />
}

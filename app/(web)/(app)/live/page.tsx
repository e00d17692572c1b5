import { titled } from '../../../titled.ts'
import { requireViewer } from '../../../viewer.ts'
import { Live } from './live.tsx'

export const generateMetadata = titled('live.title')

export default async function LivePage() {
  await requireViewer('/live')
  return <Live />
}

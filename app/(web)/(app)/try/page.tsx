import { listLines } from '#lib/lines/index.ts'
import { titled } from '../../../titled.ts'
import { requireViewer } from '../../../viewer.ts'
import { Try } from './try.tsx'

export const generateMetadata = titled('try.title')

export default async function TryPage() {
  const { actor } = await requireViewer('/try')
  const [line] = await listLines(actor)
  return <Try greeting={line?.greeting ?? ''} />
}

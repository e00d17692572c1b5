import type { Metadata } from 'next'
import { listLines } from '#lib/lines/index.ts'
import { requireViewer } from '../../../viewer.ts'
import { Try } from './try.tsx'

export const metadata: Metadata = { title: 'Try a call' }

export default async function TryPage() {
  const { actor } = await requireViewer('/try')
  const [line] = await listLines(actor)
  return <Try greeting={line?.greeting ?? ''} />
}

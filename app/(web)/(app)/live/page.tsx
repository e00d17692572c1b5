import type { Metadata } from 'next'
import { requireViewer } from '../../../viewer.ts'
import { Live } from './live.tsx'

export const metadata: Metadata = { title: 'Live' }

export default async function LivePage() {
  await requireViewer('/live')
  return <Live />
}

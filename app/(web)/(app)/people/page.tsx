import type { Metadata } from 'next'
import { listPeople } from '#lib/people/index.ts'
import { requireViewer } from '../../../viewer.ts'
import { People } from './people.tsx'

export const metadata: Metadata = { title: 'People' }

export default async function PeoplePage() {
  const { actor } = await requireViewer('/people')
  return <People first={await listPeople(actor, { limit: 100 })} />
}

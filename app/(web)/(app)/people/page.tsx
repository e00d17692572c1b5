import { listPeople } from '#lib/people/index.ts'
import { titled } from '../../../titled.ts'
import { requireViewer } from '../../../viewer.ts'
import { People } from './people.tsx'

export const generateMetadata = titled('people.title')

export default async function PeoplePage() {
  const { actor } = await requireViewer('/people')
  return <People first={await listPeople(actor, { limit: 100 })} />
}

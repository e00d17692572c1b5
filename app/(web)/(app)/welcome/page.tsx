import { titled } from '../../../titled.ts'
import { requireViewer } from '../../../viewer.ts'
import { Welcome } from './welcome.tsx'

export const generateMetadata = titled('welcome.title')

export default async function WelcomePage() {
  await requireViewer('/welcome')
  return <Welcome />
}

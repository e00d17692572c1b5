import { notFound } from 'next/navigation'
import { titled } from '../../../titled.ts'
import { requireViewer } from '../../../viewer.ts'
import { Admin } from './admin.tsx'

export const generateMetadata = titled('nav.admin')

export default async function AdminPage() {
  const { account } = await requireViewer('/admin')
  if (account.role !== 'admin') notFound()
  return <Admin ownId={account.id} />
}

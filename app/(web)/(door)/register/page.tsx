import { redirect } from 'next/navigation'
import { readSettings } from '#lib/admin/index.ts'
import { titled } from '../../../titled.ts'
import { viewer } from '../../../viewer.ts'
import { Register } from './register.tsx'

export const generateMetadata = titled('register.title')

export default async function RegisterPage({
  searchParams,
}: {
  searchParams: Promise<{ invite?: string | string[] }>
}) {
  if (await viewer()) redirect('/inbox')
  const { invite } = await searchParams
  const { registration } = await readSettings()
  const token = typeof invite === 'string' ? invite : undefined
  return <Register invite={token} isClosed={registration !== 'open' && !token} />
}

import { redirect } from 'next/navigation'
import { readSettings } from '#lib/admin/index.ts'
import { titled } from '../../../titled.ts'
import { viewer } from '../../../viewer.ts'
import { Login } from './login.tsx'

export const generateMetadata = titled('login.title')

type Query = { next?: string | string[]; ended?: string | string[] }

/** Only a path of this service: never somebody else's address. */
const toPath = (next: unknown) => (typeof next === 'string' && /^\/(?![/\\])[^\s\\]*$/.test(next) ? next : '/inbox')

export default async function LoginPage({ searchParams }: { searchParams: Promise<Query> }) {
  const { next, ended } = await searchParams
  if (await viewer()) redirect(toPath(next))
  const { registration } = await readSettings()
  return <Login next={toPath(next)} hasEnded={ended !== undefined} canRegister={registration === 'open'} />
}

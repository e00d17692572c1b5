import type { ReactNode } from 'react'
import { currentHealth } from '#lib/health/index.ts'
import { toHealthLines } from '#ui/api/health.ts'
import { viewer } from '../../viewer.ts'
import { AppFrame } from './frame.tsx'

/** Around every signed-in page. Each page itself makes sure that somebody is signed in. */
export default async function AppLayout({ children }: { children: ReactNode }) {
  const known = await viewer()
  if (!known) return children
  const health = toHealthLines(await currentHealth())
  return (
    <AppFrame isAdmin={known.account.role === 'admin'} health={health}>
      {children}
    </AppFrame>
  )
}

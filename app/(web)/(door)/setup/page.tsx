import type { Metadata } from 'next'
import { isSetupOpen } from '#lib/accounts/index.ts'
import { titled } from '../../../titled.ts'
import { SetUp, SetUpClosed } from './setup.tsx'

/** The ticket in the address goes to nobody. */
export const generateMetadata = async (): Promise<Metadata> => ({
  ...(await titled('setup.title')()),
  referrer: 'no-referrer',
})

export default async function SetUpPage({ searchParams }: { searchParams: Promise<{ ticket?: string | string[] }> }) {
  const { ticket } = await searchParams
  const isOpen = typeof ticket === 'string' && ticket.length <= 100 && (await isSetupOpen(ticket))
  return isOpen ? <SetUp ticket={ticket} /> : <SetUpClosed />
}

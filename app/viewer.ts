import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { cache } from 'react'
import type { Account } from '#lib/accounts/contract.ts'
import { type Actor, getAccount } from '#lib/accounts/index.ts'
import { pageActor } from '#lib/accounts/page.ts'

export type Viewer = { actor: Actor; account: Account }

/** Who looks at this page, read once for the layout and the page in it. */
export const viewer = cache(async (): Promise<Viewer | null> => {
  const actor = await pageActor()
  return actor && { actor, account: await getAccount(actor) }
})

/** Nobody gets past without having signed in. */
export async function requireViewer(path: string): Promise<Viewer> {
  return (await viewer()) ?? redirect(`/login?next=${encodeURIComponent(path)}`)
}

/** The person's language; a stranger's is what the browser asks for. */
export async function pageLanguage(): Promise<'en' | 'de'> {
  const known = await viewer()
  if (known) return known.account.language
  const wanted = (await headers()).get('accept-language') ?? ''
  const first = wanted
    .split(',')
    .map(part => part.trim().slice(0, 2).toLowerCase())
    .find(code => code === 'en' || code === 'de')
  return first === 'de' ? 'de' : 'en'
}

import { Preferences } from '@capacitor/preferences'
import type { KeyInput, NewKey } from '#lib/accounts/contract.ts'
import { addKey, revokeKey } from '#ui/api/account.ts'
import type { Client } from '#ui/api/client.ts'

const key = 'own_keys'

/** What a key of this phone is for: to report its calls, or to look for news. */
export type Job = 'calls' | 'news'
/** Whose keys this phone uses, by id: the keys themselves are in Java, sealed. */
type OwnKeys = { username: string; ids: Partial<Record<Job, number>> }

async function read(): Promise<OwnKeys | null> {
  try {
    const kept = JSON.parse((await Preferences.get({ key })).value ?? 'null') as OwnKeys | null
    return typeof kept?.username === 'string' && typeof kept.ids === 'object' ? kept : null
  } catch {
    return null
  }
}

const write = (keys: OwnKeys) => Preferences.set({ key, value: JSON.stringify(keys) })

/** A narrow key for one job of this phone, in place of the one it had; remembered so that signing out revokes it. */
export async function addOwnKey(client: Client, username: string, job: Job, input: KeyInput): Promise<NewKey> {
  await revokeOwnKey(client, job)
  const made = await addKey(client, input)
  await write({ username, ids: { ...(await read())?.ids, [job]: made.id } })
  return made
}

export async function revokeOwnKey(client: Client, job: Job): Promise<void> {
  const kept = await read()
  const id = kept?.ids[job]
  if (!kept || id === undefined) return
  // A server that is away keeps the key; it is in the list of keys, by name.
  await revokeKey(client, id).catch(() => {})
  const { [job]: _, ...ids } = kept.ids
  await write({ ...kept, ids })
}

/** Revokes all of them on the server, as far as it answers; the phone forgets them in any case. */
export async function revokeOwnKeys(client: Client): Promise<void> {
  for (const job of ['calls', 'news'] as const) await revokeOwnKey(client, job)
  await forgetOwnKeys()
}

export async function forgetOwnKeys(): Promise<void> {
  await Preferences.remove({ key })
}

/** Whether the phone still works for somebody else: their session ended without signing out here. */
export async function belongsToAnother(username: string): Promise<boolean> {
  const kept = await read()
  return kept !== null && kept.username !== username
}

import type { Client, QueryValue } from '../api/client.ts'

/** Fetches a file and gives it to the person, also where only a bearer token opens it. */
export async function saveFile(client: Client, path: string, name: string, query: Record<string, QueryValue> = {}) {
  const response = await client.open('GET', path, { query, headers: { accept: '*/*' } })
  const url = URL.createObjectURL(await response.blob())
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The browser reads the address after this turn of the loop.
  setTimeout(() => URL.revokeObjectURL(url), 30_000)
}

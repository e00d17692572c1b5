import type { Client, QueryValue, RequestOptions } from '../api/client.ts'

/** Fetches a file and gives it to the person, also where only a bearer token opens it. */
export async function saveFile(client: Client, path: string, name: string, query: Record<string, QueryValue> = {}) {
  await keep(await client.open('GET', path, { query, headers: { accept: '*/*' } }), name)
}

/** The same for a file that is asked for with a body: a password, again. */
export async function saveProvenFile(client: Client, path: string, name: string, body: RequestOptions['body']) {
  await keep(await client.open('POST', path, { body, headers: { accept: '*/*' } }), name)
}

async function keep(response: Response, name: string) {
  const url = URL.createObjectURL(await response.blob())
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The browser reads the address after this turn of the loop.
  setTimeout(() => URL.revokeObjectURL(url), 30_000)
}

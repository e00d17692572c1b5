import type { CallListDto } from '#lib/calls/contract.ts'

/** Somebody in front of the dashboard: signs in, follows what happens, reads the newest calls, goes away. */
export async function readTheInbox(url: string): Promise<void> {
  const signIn = await fetch(`${url}/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: 'anna', password: 'Quiet-harbour-58' }),
  })
  if (!signIn.ok) throw new Error(`Signing in: ${signIn.status}`)
  const { token } = (await signIn.json()) as { token: string }
  const headers = { authorization: `Bearer ${token}` }
  const leaving = new AbortController()
  const live = await fetch(`${url}/api/v1/events`, { headers, signal: leaving.signal })
  await live.body!.getReader().read()
  const list = await fetch(`${url}/api/v1/calls?limit=10`, { headers })
  const { calls } = (await list.json()) as CallListDto
  await Promise.all(
    calls.map(async ({ callId }) => {
      const call = await fetch(`${url}/api/v1/calls/${encodeURIComponent(callId)}`, { headers })
      if (!call.ok) throw new Error(`Reading a call: ${call.status}`)
      await call.arrayBuffer()
    }),
  )
  leaving.abort()
}

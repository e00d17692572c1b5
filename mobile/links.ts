/**
 * Where a link leads inside the app: `aicall://calls/ID` to a call, `aicall://live?order=WORD` to the running calls with
 * what a notification's button ordered (see use-news.ts), `aicall://connect?server=ADDRESS` to the first
 * screen with the address filled in (the QR code on the dashboard). Null for anything else.
 */
export function readLink(link: string): { path: string } | { server: string } | null {
  if (!URL.canParse(link)) return null
  const url = new URL(link)
  if (url.protocol !== 'aicall:') return null
  const [room, id] = [
    url.host || url.pathname.split('/')[2],
    url.host ? url.pathname.slice(1) : url.pathname.split('/')[3],
  ]
  if (room === 'calls' && id) return { path: `/inbox/${encodeURIComponent(decodeURIComponent(id))}` }
  if (room === 'inbox') return { path: '/inbox' }
  if (room === 'live') {
    const word = url.searchParams.get('order')
    return { path: word && /^[\w-]{1,64}$/.test(word) ? `/live/order/${word}` : '/live' }
  }
  const server = url.searchParams.get('server')
  return room === 'connect' && server ? { server } : null
}

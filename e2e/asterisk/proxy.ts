import { createServer, connect as dial, type Socket } from 'node:net'

/** A wire between the voice process and Asterisk that a test can cut: events, requests and sound take separate connections. */
export type Wire = {
  readonly url: string
  /** Breaks the connections of this kind that are open now. */
  cut(kind: 'events' | 'media' | 'all'): void
  /** While closed nobody gets through. */
  close(isClosed: boolean): void
  end(): Promise<void>
}

export async function startProxy(target: string): Promise<Wire> {
  const { port, hostname } = new URL(target)
  const open = new Map<Socket, 'events' | 'media' | 'other'>()
  let isClosed = false
  const server = createServer(client => {
    if (isClosed) {
      client.destroy()
      return
    }
    const upstream = dial(Number(port), hostname)
    open.set(client, 'other')
    client.once('data', first => {
      const line = first.toString('latin1', 0, 200)
      if (line.startsWith('GET /ari/events')) open.set(client, 'events')
      if (line.startsWith('GET /media')) open.set(client, 'media')
    })
    client.pipe(upstream)
    upstream.pipe(client)
    const end = () => {
      open.delete(client)
      client.destroy()
      upstream.destroy()
    }
    for (const socket of [client, upstream]) {
      socket.setNoDelay(true)
      socket.on('error', end)
      socket.on('close', end)
    }
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const ownPort = typeof address === 'object' && address ? address.port : 0
  const cut = (kind: 'events' | 'media' | 'all') => {
    for (const [client, what] of open) if (kind === 'all' || what === kind) client.destroy()
  }
  return {
    url: `http://127.0.0.1:${ownPort}`,
    cut,
    close(next) {
      isClosed = next
      if (next) cut('all')
    },
    async end() {
      cut('all')
      await new Promise<void>(resolve => server.close(() => resolve()))
    },
  }
}

import pg from 'pg'

const reconnectMs = 1_000
/** Should a notice get lost on the way, nobody waits longer than this. */
const anywayMs = 2_000

type Notices = { watch(listener: () => void): () => void; close(): Promise<void> }

/** LISTEN on a connection of its own while anybody wants to know; it comes back when the server went away. */
export function createNotices(url: string): Notices {
  const listeners = new Set<() => void>()
  let client: pg.Client | undefined
  let again: NodeJS.Timeout | undefined
  let anyway: NodeJS.Timeout | undefined

  const tell = () => {
    for (const listener of listeners) listener()
  }

  async function connect() {
    const fresh = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000, keepAlive: true })
    client = fresh
    const lost = () => {
      if (client !== fresh) return
      client = undefined
      void fresh.end().catch(() => {})
      if (listeners.size === 0) return
      again = setTimeout(() => void connect(), reconnectMs)
      again.unref()
    }
    fresh.on('error', lost)
    fresh.on('end', lost)
    fresh.on('notification', tell)
    try {
      await fresh.connect()
      await fresh.query('LISTEN call_events')
      tell()
    } catch {
      lost()
    }
  }

  async function disconnect() {
    clearTimeout(again)
    clearInterval(anyway)
    anyway = undefined
    const old = client
    client = undefined
    await old?.end().catch(() => {})
  }

  return {
    watch(listener) {
      listeners.add(listener)
      if (listeners.size === 1) {
        void connect()
        anyway = setInterval(tell, anywayMs)
        anyway.unref()
      }
      return () => {
        listeners.delete(listener)
        if (listeners.size === 0) void disconnect()
      }
    },
    async close() {
      listeners.clear()
      await disconnect()
    },
  }
}

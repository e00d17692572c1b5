import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'

export type Pages = {
  handle(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void>
  /** Only in development: hot reload. */
  upgrade?: (incoming: IncomingMessage, socket: Duplex, head: Buffer) => void
  close(): Promise<void>
}

/** Next, for what no route file answers: pages, their assets, and next-auth's own routes. */
export async function pages(
  root: string,
  mode: 'production' | 'development',
  { port, host }: { port: number; host: string },
): Promise<Pages> {
  const { default: next } = await import('next')
  const app = next({ dev: mode === 'development', dir: root, port, hostname: host })
  await app.prepare()
  const handle = app.getRequestHandler()
  return {
    handle,
    ...(mode === 'development' ? { upgrade: app.getUpgradeHandler() } : {}),
    close: () => app.close(),
  }
}

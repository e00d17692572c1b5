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
  const dev = mode === 'development'
  // Given, Next need not compile its settings at every start.
  const conf = dev ? {} : { conf: (await import('../next.config.ts')).default }
  const app = next({ dev, dir: root, port, hostname: host, ...conf })
  await withoutWords(() => app.prepare())
  const handle = app.getRequestHandler()
  return {
    handle,
    ...(mode === 'development' ? { upgrade: app.getUpgradeHandler() } : {}),
    close: () => app.close(),
  }
}

/** Next tells how long its settings took. Standard output is the owner's; warnings and errors are still heard. */
async function withoutWords(work: () => Promise<void>): Promise<void> {
  const print = console.log
  console.log = () => {}
  try {
    await work()
  } finally {
    console.log = print
  }
}

import '#lib/dotenv.ts'
import { createServer } from 'node:http'
import next from 'next'
import { refreshHealth } from '#lib/health/index.ts'

// The same route files, answered by Next as it would do by itself: what server/ is measured against.

const app = next({ dev: false, dir: new URL('..', import.meta.url).pathname })
await app.prepare()
const handle = app.getRequestHandler()
await refreshHealth()
const server = createServer((request, response) => void handle(request, response))
server.listen(0, '127.0.0.1', () =>
  console.log(`running at http://127.0.0.1:${(server.address() as { port: number }).port}`),
)

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { database } from '#lib/database.ts'
import { type RunningServer, type ServerOptions, startServer } from '#server/server.ts'

export type Web = RunningServer & { dataDir: string; stop(): Promise<void> }

/**
 * The real listener in this process, on a free port and a data folder of its own, without pages. One per test file:
 * settings and database belong to the process. `settings` come on top of the environment.
 */
export async function startWeb(
  settings: Record<string, string> = {},
  options: Partial<ServerOptions> = {},
): Promise<Web> {
  const dataDir = mkdtempSync(join(tmpdir(), 'ai-call-web-'))
  Object.assign(process.env, {
    DATA_DIR: dataDir,
    JWT_SECRET: 'a-secret-of-tests-with-more-than-32-characters',
    RATE_LIMITS: 'off',
    ROLE: 'web',
    ...settings,
  })
  await database()
  const web = await startServer({ port: 0, host: '127.0.0.1', pages: 'none', ...options })
  return {
    ...web,
    dataDir,
    async stop() {
      await web.close()
      await (await database()).close()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

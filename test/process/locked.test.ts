import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import { bearer, endAll, post, register, startService } from './service.ts'

afterAll(endAll)

const holdMs = 4_000

/** Another program takes the write lock, as a backup script or a careless sqlite3 shell would. */
async function holdLock(path: string): Promise<void> {
  const script = `const db = new (require('better-sqlite3'))(process.argv[1]); db.exec('BEGIN IMMEDIATE'); console.log('held'); setTimeout(() => db.exec('COMMIT'), ${holdMs})`
  const child = spawn(process.execPath, ['-e', script, path], { stdio: ['ignore', 'pipe', 'inherit'] })
  await once(child.stdout, 'data')
}

test('while another program holds the database, the service answers and calls wait their turn', async () => {
  const { url, dataDir, end } = await startService()
  const user = await register(url)
  await holdLock(join(dataDir, 'users.db'))
  const begun = performance.now()
  const calls = Array.from({ length: 50 }, (_, i) =>
    post(
      `${url}/call/incoming`,
      { call_id: `l-${i}`, caller_number: '+15550001', called_number: '100', deadline_ms: 10_000 },
      bearer(user),
    ),
  )
  const waits: number[] = []
  while (performance.now() - begun < holdMs - 500) {
    const asked = performance.now()
    expect((await fetch(`${url}/health`)).status).toBe(200)
    expect((await fetch(`${url}/user/profile`, { headers: bearer(user) })).status).toBe(200)
    waits.push((performance.now() - asked) / 2)
    await sleep(20)
  }
  waits.sort((a, b) => a - b)
  expect(waits[Math.floor(waits.length / 2)]).toBeLessThan(50)
  const answers = await Promise.all(calls)
  for (const { status } of answers) expect([200, 503]).toContain(status)
  const again = await post(
    `${url}/call/incoming`,
    { call_id: 'after', caller_number: '+15550001', called_number: '100' },
    bearer(user),
  )
  expect(again.status).toBe(200)
  const history = await fetch(`${url}/user/calls?limit=500`, { headers: bearer(user) })
  const { calls: rows } = (await history.json()) as { calls: { call_id: string }[] }
  const stored = new Set(rows.map(({ call_id }) => call_id))
  answers.forEach(({ status }, i) => {
    if (status === 200) expect(stored).toContain(`l-${i}`)
  })
  await end()
})

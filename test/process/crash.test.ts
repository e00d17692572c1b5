import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { bearer, endAll, newDataDir, post, register, startService } from './service.ts'

afterAll(endAll)

const inFlight = 500

test('every call that was acknowledged before kill -9 is there afterwards, and its status too', async () => {
  const dataDir = newDataDir()
  const first = await startService({ DATA_DIR: dataDir })
  const user = await register(first.url)
  const acknowledged = new Map<string, string>()
  const calls = Array.from({ length: inFlight }, async (_, i) => {
    const call_id = `crash-${i}`
    try {
      const response = await post(
        `${first.url}/call/incoming`,
        { call_id, caller_number: `+1555${String(i).padStart(6, '0')}`, called_number: '100' },
        bearer(user),
      )
      if (response.status !== 200) return
      const { action } = (await response.json()) as { action: string }
      acknowledged.set(call_id, action)
      if (acknowledged.size === 150) first.child.kill('SIGKILL')
    } catch {
      // Not acknowledged: the process was gone.
    }
  })
  await Promise.all(calls)
  await first.end('SIGKILL')
  expect(acknowledged.size).toBeGreaterThanOrEqual(150)
  expect(acknowledged.size).toBeLessThan(inFlight)

  const second = await startService({ DATA_DIR: dataDir })
  const history = await fetch(`${second.url}/user/calls?limit=500`, { headers: bearer(user) })
  const { calls: rows } = (await history.json()) as { calls: { call_id: string; action: string }[] }
  const found = new Map(rows.map(row => [row.call_id, row.action]))
  for (const [call_id, action] of acknowledged) expect(found.get(call_id), call_id).toBe(action)
  for (const call_id of [...acknowledged.keys()].slice(0, 20)) {
    const status = await fetch(`${second.url}/call/${call_id}/status`, { headers: bearer(user) })
    expect(status.status).toBe(200)
  }
  await second.end()
  const script = `console.log(new (require('better-sqlite3'))(process.argv[1]).pragma('integrity_check', {simple: true}))`
  const check = execFileSync(process.execPath, ['-e', script, join(dataDir, 'users.db')], { encoding: 'utf8' })
  expect(check.trim()).toBe('ok')
})

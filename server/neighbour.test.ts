import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { isSocketAnswered } from './neighbour.ts'

const folder = mkdtempSync(join(tmpdir(), 'ai-call-neighbour-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('a voice process beside ours is noticed, one that ended and left its socket is not', async () => {
  const path = join(folder, 'agent.sock')
  expect(await isSocketAnswered(path)).toBe(false)
  const server = createServer().listen(path)
  await new Promise(resolve => server.once('listening', resolve))
  expect(await isSocketAnswered(path)).toBe(true)
  await new Promise(resolve => server.close(resolve))
  writeFileSync(path, '')
  expect(await isSocketAnswered(path)).toBe(false)
})

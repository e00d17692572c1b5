import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { claimFolder, neighbourSentence } from './folder-claim.ts'

const folder = mkdtempSync(join(tmpdir(), 'ai-call-claim-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const module = new URL('./folder-claim.ts', import.meta.url).href
const holding = `const { claimFolder } = await import(${JSON.stringify(module)})
globalThis.claim = claimFolder(${JSON.stringify(folder)})
console.log(globalThis.claim.isOurs)
setInterval(() => {}, 1000)`

test('a second web process on one folder is told who was first, until that one is killed', async () => {
  const other = spawn(process.execPath, ['--input-type=module', '-e', holding], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [said] = (await once(other.stdout, 'data')) as [Buffer]
  expect(String(said).trim()).toBe('true')
  expect(claimFolder(folder)).toMatchObject({ isOurs: false, holder: other.pid })

  other.kill('SIGKILL')
  await once(other, 'exit')
  const mine = claimFolder(folder)
  expect(mine.isOurs).toBe(true)
  mine.release()
})

test('a note of a process that is gone, or no note that can be read, is nobody', () => {
  writeFileSync(join(folder, 'web.pid'), '1\n')
  const mine = claimFolder(folder)
  expect(mine.isOurs).toBe(true)
  writeFileSync(join(folder, 'web.pid'), 'a word')
  expect(claimFolder(folder)).toMatchObject({ isOurs: false, holder: null })
  mine.release()
})

test('a folder that cannot be written is no reason not to start', () => {
  expect(claimFolder('/proc/nowhere')).toMatchObject({ isOurs: true, holder: null })
})

test('the sentence names the other process and both ways out', () => {
  expect(neighbourSentence(4711)).toMatch(/4711.*DATA_DIR.*DATABASE_URL/)
  expect(neighbourSentence(null)).toMatch(/^Another web process works/)
})

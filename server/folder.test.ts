import { existsSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { makeFolder } from './folder.ts'

const root = mkdtempSync(join(tmpdir(), 'ai-call-folder-'))
afterEach(() => rmSync(root, { recursive: true, force: true }))

test('a folder is made with those above it, for this user alone, and is no trouble when it is there', async () => {
  const path = join(root, 'a', 'b')
  await makeFolder(path)
  await makeFolder(path)
  expect(statSync(path).mode & 0o777).toBe(0o700)
})

test('where none can be made it says so and does not try for ever', async () => {
  if (existsSync('/proc/self')) await expect(makeFolder('/proc/nope/below')).rejects.toMatchObject({ code: 'ENOENT' })
  await makeFolder(root)
  writeFileSync(join(root, 'file'), '')
  symlinkSync(join(root, 'gone'), join(root, 'link'))
  await expect(makeFolder(join(root, 'file'))).rejects.toMatchObject({ code: 'EEXIST' })
  await expect(makeFolder(join(root, 'file', 'below'))).rejects.toMatchObject({ code: 'ENOTDIR' })
  await expect(makeFolder(join(root, 'link'))).rejects.toMatchObject({ code: 'ENOENT' })
})

import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { keepCapacity, readCapacity } from './capacity.ts'

let folder: string
const unmeasured = Math.max(2, availableParallelism())

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'capacity-'))
})
afterAll(() => rm(folder, { recursive: true }))

test('what was measured is found again, for the same ears only', async () => {
  expect(await readCapacity(folder, 'whisper-tiny')).toBe(unmeasured)
  await keepCapacity(folder, 7, 'whisper-tiny')
  expect(await readCapacity(folder, 'whisper-tiny')).toBe(7)
  expect(await readCapacity(folder, 'moonshine')).toBe(unmeasured)
  expect(await readCapacity(folder, null)).toBe(unmeasured)
  await keepCapacity(folder, 3, 'moonshine')
  expect(await readCapacity(folder, 'moonshine')).toBe(3)
})

test.each(['', 'null', '{"conversations":-4}', '{"conversations":1e9,"ears":"a","cores":2}', '\u0000\u0001'])(
  'a file that holds %j counts as no measurement',
  async text => {
    await writeFile(join(folder, 'capacity.json'), text)
    expect(await readCapacity(folder, 'a')).toBe(unmeasured)
  },
)

import { spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { readLayout } from '#lib/models/layout.ts'
import { writeTinyMoonshine } from '../testing/tiny-models.ts'
import { systemClock } from './clock.ts'
import { createFlite } from './flite.ts'
import { createLocalStt } from './stt-local.ts'
import type { EarsLayout } from './stt-protocol.ts'

const folder = await mkdtemp(join(tmpdir(), 'children-'))
await writeTinyMoonshine(folder)
afterAll(() => rm(folder, { recursive: true, force: true }))

const speech = createFlite()('Hello there. I would like to speak to Anna about the invoice.', 'rms')
const never = () => new AbortController().signal

/** Process ids of running STT hosts whose parent is `parent`. */
function hostsOf(parent: number): number[] {
  const read = (pid: string, file: string) => {
    try {
      return readFileSync(`/proc/${pid}/${file}`, 'utf8')
    } catch {
      // it ended while we were looking
      return ''
    }
  }
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .filter(pid => Number(/^PPid:\s*(\d+)/m.exec(read(pid, 'status'))?.[1]) === parent)
    .filter(pid => read(pid, 'cmdline').includes('stt-host.ts'))
    .map(Number)
}

async function until(isTrue: () => boolean): Promise<void> {
  for (let tries = 0; tries < 1000 && !isTrue(); tries++) await new Promise(resolve => setTimeout(resolve, 20))
  expect(isTrue()).toBe(true)
}

test('a child that is killed in the middle of an utterance is told in a sentence and replaced', async () => {
  const stt = createLocalStt({
    name: 'Tiny',
    layout: (await readLayout(folder)) as EarsLayout,
    languages: ['en'],
    clock: systemClock,
  })
  await stt.ready()
  const [pid] = hostsOf(process.pid)
  const hearing = stt.transcribe(speech, { language: 'en', signal: never() })
  process.kill(pid!, 'SIGKILL')
  await expect(hearing).rejects.toThrow('Tiny stopped: it ended by SIGKILL.')
  expect(stt.state().state).not.toBe('ready')
  await until(() => stt.state().state === 'ready')
  expect((await stt.transcribe(speech, { language: 'en', signal: never() })).text).not.toBe('')
  await stt.close()
  await until(() => hostsOf(process.pid).length === 0)
})

test('a child that hangs lets the caller go at the deadline', async () => {
  const stt = createLocalStt({
    name: 'Tiny',
    layout: (await readLayout(folder)) as EarsLayout,
    languages: ['en'],
    clock: systemClock,
    deadlineMs: 200,
  })
  await stt.ready()
  const [pid] = hostsOf(process.pid)
  process.kill(pid!, 'SIGSTOP')
  await expect(stt.transcribe(speech, { language: 'en', signal: never() })).rejects.toThrow('Tiny took too long.')
  await stt.close()
  await until(() => hostsOf(process.pid).length === 0)
})

test('when its parent is killed a child does not stay behind', async () => {
  const program = `
    import { createLocalStt } from ${JSON.stringify(join(import.meta.dirname, 'stt-local.ts'))}
    import { readLayout } from ${JSON.stringify(join(import.meta.dirname, '../../models/layout.ts'))}
    import { systemClock } from ${JSON.stringify(join(import.meta.dirname, 'clock.ts'))}
    const layout = await readLayout(${JSON.stringify(folder)})
    const stt = createLocalStt({ name: 'Tiny', layout, languages: ['en'], clock: systemClock })
    await stt.ready()
    console.log('ready')
    setInterval(() => {}, 1000)
  `
  const parent = spawn(process.execPath, ['--input-type=module-typescript', '-e', program], {
    cwd: join(import.meta.dirname, '../../..'),
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await new Promise(resolve => parent.stdout.once('data', resolve))
  const [host] = hostsOf(parent.pid!)
  expect(host).toBeGreaterThan(0)
  parent.kill('SIGKILL')
  await until(() => {
    try {
      process.kill(host!, 0)
      return false
    } catch {
      return true
    }
  })
})

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { systemClock } from '#lib/voice/adapters/index.ts'
import { decodeWav } from '#lib/voice/audio/wav.ts'
import { type LineEvent, rateHz } from '#lib/voice/ports.ts'
import { createBrowserLine } from './browser-line.ts'
import type { BrowserSocket } from './browser-sound.ts'
import { openGuest } from './guest.ts'
import { renderTone } from './media/tone.ts'
import { toneShare } from './testing/goertzel.ts'
import { withMedia } from './testing/media.ts'

/** The caller hums a low tone, the owner a high one: who hears which is measured. */
const callerHz = 500
const ownerHz = 1_300

const given = withMedia()

/** A page whose microphone hums without end and whose loudspeaker remembers. */
function page(hz: number) {
  const hum = renderTone([hz], 10_000, 0.3)
  let at = 0
  let played: Int16Array[] = []
  const socket: BrowserSocket & { closed: string | null } = {
    closed: null,
    onSound: () => {},
    onKey: () => {},
    onClose: () => {},
    send: samples => void played.push(samples),
    clear: () => {},
    close(reason) {
      socket.closed = reason
      clearInterval(timer)
    },
  }
  const timer = setInterval(() => {
    socket.onSound(hum.slice(at, at + 320))
    at = (at + 320) % (hum.length - 320)
  }, 20)
  return {
    socket,
    forget() {
      played = []
    },
    /** How much of the last second that was heard is this tone, 0..1. */
    hears: (tone: number) => toneShare(joined(played).slice(-rateHz), tone, rateHz),
    stop: () => clearInterval(timer),
  }
}

function joined(parts: readonly Int16Array[]): Int16Array {
  return Int16Array.from(parts.flatMap(part => [...part]))
}

async function meeting() {
  const [caller, owner] = [page(callerHz), page(ownerHz)]
  const line = createBrowserLine({ socket: caller.socket, media: given.media, clock: systemClock })
  const events: LineEvent[] = []
  line.on(event => events.push(event))
  await line.answer()
  const guest = openGuest({ socket: owner.socket, media: given.media, clock: systemClock })
  const { outcome, leg } = await line.admit(guest, { signal: new AbortController().signal })
  expect(outcome).toBe('answered')
  return { caller, owner, line, events, leg: leg! }
}

test('the tone of each is heard by the other, in both directions, and by nobody’s self', async () => {
  const { caller, owner, line, leg, events } = await meeting()
  const path = join(given.folder, 'both.wav')
  line.recordCall(path)
  const parted = leg.join()
  await expect
    .poll(() => [owner.hears(callerHz) > 0.8, caller.hears(ownerHz) > 0.8], { timeout: 20_000, interval: 100 })
    .toEqual([true, true])
  expect(owner.hears(ownerHz)).toBeLessThan(0.05)
  expect(caller.hears(callerHz)).toBeLessThan(0.05)
  events.length = 0
  await sleep(500)
  expect(events.filter(({ type }) => type.startsWith('speech') || type === 'utterance')).toEqual([])

  owner.socket.onClose(true)
  expect(await parted).toMatchObject({ endedBy: 'leg' })
  await line.hangUp('normal')
  await expect.poll(() => events.some(({ type }) => type === 'call_recorded'), { timeout: 10_000 }).toBe(true)
  const { channels, samples } = decodeWav(await readFile(path))
  expect(channels).toBe(2)
  const left = samples.filter((_, i) => i % 2 === 0).slice(-rateHz)
  const right = samples.filter((_, i) => i % 2 === 1).slice(-rateHz)
  expect(toneShare(left, callerHz, rateHz)).toBeGreaterThan(0.6)
  expect(toneShare(right, ownerHz, rateHz)).toBeGreaterThan(0.6)
})

test('after the owner’s connection broke the line is the assistant’s again', async () => {
  const { caller, owner, line, leg } = await meeting()
  const parted = leg.join()
  await expect.poll(() => caller.hears(ownerHz) > 0.8, { timeout: 20_000 }).toBe(true)
  owner.socket.onClose(false)
  expect(await parted).toMatchObject({ endedBy: 'lost' })
  caller.forget()
  line.play(1, renderTone([900], 3_000), 'a sentence')
  await expect.poll(() => caller.hears(900) > 0.8, { timeout: 20_000 }).toBe(true)
  expect(caller.hears(ownerHz)).toBeLessThan(0.05)
  await line.hangUp('normal')
})

test('the caller who leaves ends it for the owner, whose page is told', async () => {
  const { caller, owner, leg } = await meeting()
  const parted = leg.join()
  caller.socket.onClose(false)
  expect(await parted).toMatchObject({ endedBy: 'caller' })
  await leg.hangUp()
  expect(owner.socket.closed).toBe('The call is over.')
})

test('the caller hears ringing as in the country of the line while the owner is awaited', async () => {
  const caller = page(callerHz)
  const line = createBrowserLine({ socket: caller.socket, media: given.media, clock: systemClock })
  line.ringLike('JP')
  await line.answer()
  const stop = new AbortController()
  const coming = Promise.withResolvers<null>()
  const admitted = line.admit(coming.promise, { signal: stop.signal })
  await expect.poll(() => caller.hears(384) + caller.hears(416) > 0.8, { timeout: 20_000 }).toBe(true)
  coming.resolve(null)
  expect(await admitted).toEqual({ outcome: 'no_answer' })
  await line.hangUp('normal')
})

test('a microphone that sends nothing any more is lost, whatever its socket says', async () => {
  const owner = page(ownerHz)
  let nowMs = 0
  const due: (() => void)[] = []
  const clock = {
    now: () => nowMs,
    after(_ms: number, run: () => void) {
      due.push(run)
      return () => {}
    },
  }
  const guest = await openGuest({ socket: owner.socket, media: given.media, clock })
  const gone: string[] = []
  guest.onGone(how => gone.push(how))
  owner.stop()
  nowMs += 20_000
  for (const run of due.splice(0)) run()
  expect(gone).toEqual(['lost'])
  await expect.poll(() => owner.socket.closed).toMatch(/silent/)
})

import { join } from 'node:path'
import { WebSocket } from 'ws'
import type { ToBrowser } from '#lib/voice/contract.ts'
import { frameMs, frameSamples, type Pcm } from '#lib/voice/ports.ts'
import { createEar, type Ear } from './ear.ts'
import type { House } from './house.ts'

/** The owner of a house at a browser: a microphone that hums and a loudspeaker that remembers. */
export type Browser = {
  readonly ear: Ear
  readonly messages: readonly ToBrowser[]
  readonly closed: Promise<number>
  hangUp(): void
  /** The tab or its network is gone: nobody says goodbye. */
  vanish(): void
}

/** Knocks where the web process does once it has checked who is there, and comes for a running call. */
export async function comeByBrowser(house: House, call: number, hum: Pcm): Promise<Browser> {
  const ear = createEar()
  const messages: ToBrowser[] = []
  const socket = new WebSocket(`ws+unix:${join(house.folder, 'agent.sock')}:/voice`, {
    headers: { 'x-user-id': String(house.owner.userId), 'x-session-id': '' },
  })
  socket.on('message', (data: Buffer, isBinary: boolean) => {
    if (!isBinary) return void messages.push(JSON.parse(data.toString()))
    const frame = new Int16Array(data.length >> 1)
    for (let i = 0; i < frame.length; i++) frame[i] = data.readInt16LE(i * 2)
    ear.hear(frame)
  })
  const closed = new Promise<number>(resolve => socket.once('close', resolve))
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve)
    socket.once('error', reject)
  })
  socket.send(JSON.stringify({ type: 'take', call }))
  let at = 0
  let dueMs = performance.now()
  const timer = setInterval(() => {
    for (; dueMs <= performance.now(); dueMs += frameMs) {
      const frame = hum.slice(at, at + frameSamples)
      at = at + 2 * frameSamples > hum.length ? 0 : at + frameSamples
      if (socket.readyState === WebSocket.OPEN) socket.send(new Uint8Array(frame.buffer))
    }
  }, frameMs / 2)
  void closed.then(() => clearInterval(timer))
  return {
    ear,
    messages,
    closed,
    hangUp: () => socket.send(JSON.stringify({ type: 'hang_up' })),
    vanish: () => socket.terminate(),
  }
}

import { connect } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { frameSamples } from '#lib/voice/ports.ts'
import { type AudioSocketServer, createReader, listenAudioSocket } from './audiosocket.ts'
import { createFramer } from './framer.ts'

describe('frames on the wire', () => {
  it('come out whole, however TCP cuts and joins them', () => {
    const frames = [
      { kind: 0x01, payload: Buffer.alloc(16, 7) },
      { kind: 0x10, payload: Buffer.alloc(320, 1) },
      { kind: 0x10, payload: Buffer.alloc(0) },
      { kind: 0x00, payload: Buffer.alloc(0) },
    ]
    const wire = Buffer.concat(
      frames.map(({ kind, payload }) =>
        Buffer.concat([Buffer.from([kind, payload.length >> 8, payload.length & 255]), payload]),
      ),
    )
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: wire.length })), cuts => {
        const reader = createReader()
        const edges = [...new Set([0, ...cuts.sort((a, b) => a - b), wire.length])]
        const found = edges.slice(1).flatMap((edge, index) => reader.push(wire.subarray(edges[index], edge)))
        expect(found.map(({ kind, payload }) => ({ kind, payload: Buffer.from(payload) }))).toEqual(frames)
      }),
    )
  })

  it('are 20 ms long, and nothing is lost between pieces of any length', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 1_000 }), { maxLength: 20 }), lengths => {
        const framer = createFramer()
        let next = 0
        const out: number[] = []
        for (const length of lengths) {
          const piece = Int16Array.from({ length }, () => next++ % 30_000)
          for (const frame of framer.push(piece)) {
            expect(frame.length).toBe(frameSamples)
            out.push(...frame)
          }
        }
        const rest = framer.flush()
        if (rest) out.push(...rest.subarray(0, next - out.length))
        expect(out).toEqual(Array.from({ length: next }, (_, index) => index % 30_000))
      }),
    )
  })
})

describe('AudioSocket', () => {
  let server: AudioSocketServer | null = null
  afterEach(async () => {
    await server?.close()
    server = null
  })
  const uuid = '0102030405060708090a0b0c0d0e0f10'.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
  const introduction = Buffer.from([0x01, 0, 16, ...Array.from({ length: 16 }, (_, index) => index + 1)])

  it('takes Asterisk although it was faster than our own expectation, and hears it at 16 kHz', async () => {
    server = await listenAudioSocket({ host: '127.0.0.1', port: 0 })
    const asterisk = connect(server.port, '127.0.0.1')
    asterisk.write(introduction)
    await wait(50)
    const media = await server.accept(uuid, { connectTimeoutMs: 1_000 })
    let samples = 0
    media.onFrame = frame => {
      samples += frame.length
    }
    const voice = Buffer.concat([Buffer.from([0x10, 1, 64]), Buffer.alloc(320)])
    for (let i = 0; i < 50; i++) asterisk.write(voice)
    for (let tries = 0; samples < 15_000 && tries < 200; tries++) await wait(10)
    expect(samples).toBeGreaterThan(15_000)
    const closed = new Promise<string>(resolve => {
      media.onClose = resolve
    })
    asterisk.destroy()
    expect(await closed).toMatch(/AudioSocket/)
  })

  it('drops strangers: wrong introductions and names that nobody expects', async () => {
    server = await listenAudioSocket({ host: '127.0.0.1', port: 0 })
    const closes = [Buffer.from('GET / HTTP/1.1\r\n\r\n'), Buffer.from([0x10, 0, 2, 1, 1])].map(
      words =>
        new Promise<void>(resolve => {
          const socket = connect(server!.port, '127.0.0.1')
          socket.on('error', () => {})
          socket.on('close', () => resolve())
          socket.write(words)
          if (words[0] === 0x47) setTimeout(() => socket.destroy(), 200)
        }),
    )
    await Promise.all(closes)
    await expect(server.accept(uuid, { connectTimeoutMs: 50 })).rejects.toThrow('did not open')
  })
})

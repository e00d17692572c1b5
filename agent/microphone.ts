import { rm } from 'node:fs/promises'
import { createServer, type IncomingMessage, type RequestListener } from 'node:http'
import { type WebSocket, WebSocketServer } from 'ws'
import { log } from '#lib/log.ts'
import type { BrowserSocket } from '#lib/telephony/browser-sound.ts'
import { FromBrowser, type ToBrowser } from '#lib/voice/contract.ts'

/** One second of sound: a browser that is further behind does not get more. */
const mostWaitingBytes = 32_000
const beginWithinMs = 10_000
const longestMessageBytes = 64 * 1024

export type BrowserCall = {
  userId: number
  callerNumber: string
  calledNumber: string
  socket: BrowserSocket
  tell(message: ToBrowser): void
}

/** The owner, who wants to talk with the caller of a running call. */
export type BrowserGuest = {
  userId: number
  /** The id of the call's row. */
  call: number
  socket: BrowserSocket
  tell(message: ToBrowser): void
}

export type MicrophoneUse = { onCall(call: BrowserCall): void; onGuest(guest: BrowserGuest): void }

export type Microphones = { close(): Promise<void> }

/**
 * Takes browser microphones on a local socket. Only the web process reaches it (the folder is private to this user), and it
 * has checked who is there: `x-user-id` is its word. Requests that open no microphone go to `onRequest`.
 */
export async function listenForMicrophones(
  path: string,
  use: MicrophoneUse,
  onRequest: RequestListener = (_request, response) => response.writeHead(404).end(),
): Promise<Microphones> {
  const server = createServer(onRequest)
  const sockets = new WebSocketServer({ noServer: true, maxPayload: longestMessageBytes })
  server.on('upgrade', (request, socket, head) => {
    const userId = readUserId(request)
    if (userId === null) return socket.destroy()
    sockets.handleUpgrade(request, socket, head, open => welcome(open, userId, use))
  })
  server.on('clientError', (_error, socket) => socket.destroy())
  await rm(path, { force: true })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(path, resolve)
  })
  return {
    async close() {
      for (const open of sockets.clients) open.close(1001)
      const closed = new Promise<void>(resolve => server.close(() => resolve()))
      for (const open of sockets.clients) open.terminate()
      await closed
      await rm(path, { force: true })
    },
  }
}

function readUserId({ headers }: IncomingMessage): number | null {
  const value = headers['x-user-id']
  return typeof value === 'string' && /^[1-9]\d{0,14}$/.test(value) ? Number(value) : null
}

function welcome(open: WebSocket, userId: number, { onCall, onGuest }: MicrophoneUse): void {
  const tell = (message: ToBrowser) => {
    if (open.readyState === open.OPEN) open.send(JSON.stringify(message))
  }
  let hasBegun = false
  let hasClosed = false
  const socket: BrowserSocket = {
    onSound: () => {},
    onKey: () => {},
    onClose: () => {},
    send(samples) {
      if (open.readyState === open.OPEN && open.bufferedAmount < mostWaitingBytes) {
        open.send(new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength))
      }
    },
    clear: () => tell({ type: 'clear' }),
    close(reason) {
      tell({ type: 'ended', reason })
      open.close(1000)
    },
  }
  const impatience = setTimeout(() => !hasBegun && open.close(1008, 'nothing was said'), beginWithinMs)
  const closed = (isDeliberate: boolean) => {
    clearTimeout(impatience)
    if (hasClosed) return
    hasClosed = true
    socket.onClose(isDeliberate)
  }
  // a page that hangs up says 1000; one that is closed, or whose network breaks, does not
  open.on('close', code => closed(code === 1000))
  open.on('error', error => log.debug({ err: error }, 'a browser’s socket failed'))
  open.on('message', (data: Buffer, isBinary: boolean) => {
    if (isBinary) {
      begin({ type: 'begin' })
      return socket.onSound(toSamples(data))
    }
    const message = parse(data)
    if (!message) return open.close(1007, 'not understood')
    if (message.type === 'hang_up') {
      closed(true)
      return open.close(1000)
    }
    if (message.type === 'take') return come(message.call)
    if (message.type === 'key') return hasBegun ? socket.onKey(message.digit) : undefined
    begin(message)
  })

  function come(call: number): void {
    if (hasBegun) return
    hasBegun = true
    onGuest({ userId, call, socket, tell })
  }

  function begin({ callerNumber = 'try', calledNumber = '' }: Extract<FromBrowser, { type: 'begin' }>): void {
    if (hasBegun) return
    hasBegun = true
    onCall({ userId, callerNumber, calledNumber, socket, tell })
  }
}

function parse(data: Buffer): FromBrowser | null {
  try {
    const parsed = FromBrowser.safeParse(JSON.parse(data.toString('utf8')))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}

/** A copy: the bytes of a message may lie at an odd place, and they are handed to another thread. */
function toSamples(data: Buffer): Int16Array {
  const samples = new Int16Array(data.byteLength >> 1)
  for (let i = 0; i < samples.length; i++) samples[i] = data.readInt16LE(i * 2)
  return samples
}

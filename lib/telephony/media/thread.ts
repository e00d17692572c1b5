import { parentPort, workerData } from 'node:worker_threads'
import { frameMs, type Vad } from '#lib/voice/ports.ts'
import { createSegmenter } from '#lib/voice/segmenter.ts'
import { type AudioSocketServer, listenAudioSocket } from './audiosocket.ts'
import { createEnergyVad } from './energy-vad.ts'
import { createLeg, type MediaLeg } from './leg.ts'
import { openPort } from './port.ts'
import { goFirst } from './priority.ts'
import type { FromMedia, MediaOptions, ToMedia } from './protocol.ts'
import type { MediaSocket } from './socket.ts'
import { openWebSocket } from './websocket.ts'

/**
 * The media thread: everything that must happen every 20 ms, for every call. One absolute schedule paces all legs, so that a
 * late tick is made up for and never adds up.
 */
const port = parentPort
if (!port) throw new Error('The media thread runs as a worker of the agent.')

const options = workerData as MediaOptions
const legs = new Map<number, MediaLeg>()
/** Who talks with whom, both ways. */
const couples = new Map<number, number>()
/** Legs that are closed: their late connections and messages mean nothing. */
const opening = new Map<number, symbol>()
let audiosocket: AudioSocketServer | null = null
let createVad: (() => Vad | Promise<Vad>) | null = null
let vadTrouble: string | null = null

const now = () => performance.timeOrigin + performance.now()

function tell(message: FromMedia, transfer: ArrayBuffer[] = []): void {
  port!.postMessage(message, transfer)
}

async function start(): Promise<void> {
  goFirst()
  audiosocket = await listenAudioSocket(options.audiosocket)
  if (options.vadModule) {
    try {
      const loaded = (await import(options.vadModule)) as { createVad: () => Vad | Promise<Vad> }
      createVad = loaded.createVad
    } catch (error) {
      vadTrouble = error instanceof Error ? error.message : String(error)
    }
  }
  port!.on('message', (message: ToMedia) => {
    receive(message).catch((error: unknown) => {
      if (!('leg' in message)) return
      tell({ type: 'closed', leg: message.leg, isExpected: false, reason: String(error) })
    })
  })
  dueMs = performance.now() + frameMs
  schedule()
  setInterval(report, 1_000)
  tell({ type: 'ready', audiosocketPort: audiosocket.port })
}

async function receive(message: ToMedia): Promise<void> {
  if (message.type === 'open') return open(message)
  if (message.type === 'shut_down') return shutDown()
  const leg = legs.get(message.leg)
  if (message.type === 'close') {
    legs.delete(message.leg)
    opening.delete(message.leg)
    part(message.leg)
    if (leg) await leg.close('closed')
    else tell({ type: 'closed', leg: message.leg, isExpected: true, reason: 'closed' })
    return
  }
  if (!leg) return
  switch (message.type) {
    case 'hold':
      return leg.hold(message.ms)
    case 'play':
      return leg.play(message.playback)
    case 'audio':
      return leg.audio(message.playback, message.pcm)
    case 'end':
      return leg.end(message.playback)
    case 'pause':
      return leg.pause()
    case 'resume':
      return leg.resume()
    case 'clear':
      return leg.clear()
    case 'listen':
      return leg.listen(message)
    case 'couple':
      return couple(message.leg, message.with)
    case 'tone':
      return leg.tone(message.tone)
    case 'record':
      return leg.record(message)
    case 'stop_recording':
      return leg.stopRecording(message.cause)
    case 'record_call':
      return leg.recordCall(message.path)
  }
}

function couple(one: number, other: number | null): void {
  part(one)
  if (other === null) return
  part(other)
  const [here, there] = [legs.get(one), legs.get(other)]
  if (!here || !there || here === there) return
  here.couple(there)
  there.couple(here)
  couples.set(one, other)
  couples.set(other, one)
}

function part(one: number): void {
  const other = couples.get(one)
  if (other === undefined) return
  couples.delete(one)
  couples.delete(other)
  for (const leg of [one, other]) legs.get(leg)?.couple(null)
}

async function open(message: Extract<ToMedia, { type: 'open' }>): Promise<void> {
  const mine = Symbol('opening')
  opening.set(message.leg, mine)
  let socket: MediaSocket
  try {
    socket = await connect(message)
  } catch (error) {
    if (opening.get(message.leg) !== mine) return
    opening.delete(message.leg)
    const reason = error instanceof Error ? error.message : String(error)
    tell({ type: 'closed', leg: message.leg, isExpected: false, reason })
    return
  }
  const vad = message.hears && !legs.has(message.leg) ? await ears(message.leg) : null
  if (opening.get(message.leg) !== mine) {
    socket.close()
    vad?.close()
    return
  }
  opening.delete(message.leg)
  let leg = legs.get(message.leg)
  if (!leg) {
    leg = createLeg({
      leg: message.leg,
      vad,
      segmenter: message.hears ? createSegmenter({ tailMs: vad?.tailMs ?? 0 }) : null,
      tell,
      keepTime,
      now,
    })
    legs.set(message.leg, leg)
  }
  leg.attach(socket)
  tell({ type: 'opened', leg: message.leg })
}

function connect({ transport, connectTimeoutMs }: Extract<ToMedia, { type: 'open' }>): Promise<MediaSocket> {
  if (transport.kind === 'websocket') return openWebSocket(transport, { connectTimeoutMs })
  if (transport.kind === 'audiosocket') return audiosocket!.accept(transport.uuid, { connectTimeoutMs })
  return Promise.resolve(openPort(transport.port))
}

async function ears(leg: number): Promise<Vad> {
  if (createVad) {
    try {
      const vad = await createVad()
      // one more detector than were prepared takes 45 ms to load: several in a row must not silence the calls that run
      keepTime()
      return vad
    } catch (error) {
      vadTrouble = error instanceof Error ? error.message : String(error)
    }
  }
  if (vadTrouble) tell({ type: 'trouble', leg, part: 'vad', message: vadTrouble })
  return createEnergyVad()
}

let worstLateMs = 0
/** When the next frames are due. */
let dueMs = 0

/** Sends what is due, if anything is. */
function keepTime(): void {
  const lateMs = performance.now() - dueMs
  if (lateMs < 0) return
  worstLateMs = Math.max(worstLateMs, lateMs)
  const missed = Math.floor(lateMs / frameMs)
  dueMs += (missed + 1) * frameMs
  for (const leg of legs.values()) leg.tick(missed)
}

function schedule(): void {
  setTimeout(
    () => {
      keepTime()
      schedule()
    },
    Math.max(0, dueMs - performance.now()),
  )
}

function report(): void {
  tell({ type: 'load', worstLateMs: Math.round(worstLateMs), legs: legs.size })
  worstLateMs = 0
}

async function shutDown(): Promise<void> {
  const all = [...legs.values()]
  legs.clear()
  opening.clear()
  await Promise.allSettled(all.map(leg => leg.close('shut down')))
  await audiosocket?.close()
  process.exit(0)
}

await start()

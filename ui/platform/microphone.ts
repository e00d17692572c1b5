import type { Client } from '../api/client.ts'

/** `refused`: the person or the browser said no. `missing`: there is no microphone. `absent`: nobody answers at the other end. */
export type LineState = 'ringing' | 'live' | 'ended' | 'refused' | 'missing' | 'absent' | 'lost'

export type MicrophoneLine = { hangUp(): void }

type Options = {
  /** The running call to come to, by the id of its row; without it a call of one's own begins. */
  take?: number
  onState(state: LineState): void
  /** 0..1, a few times a second: what is said here, and what is heard from the line. */
  onLevel(level: number, heard: number): void
  /** The call that began. */
  onCall?(callId: string): void
  /** The service keeps the line for the call that was named. */
  onWaiting?(): void
}

/** Only a secure page may hear. */
export const canHear = () =>
  typeof window !== 'undefined' && window.isSecureContext && 'mediaDevices' in navigator && 'AudioWorkletNode' in window

/**
 * The page as a telephone: 16 kHz PCM in frames of 20 ms over /api/v1/voice, opened with a one-use ticket because a
 * socket cannot send headers.
 */
export async function openMicrophoneLine(client: Client, options: Options): Promise<MicrophoneLine> {
  const { take, onState, onLevel } = options
  onState('ringing')
  let microphone: MediaStream
  try {
    microphone = await navigator.mediaDevices.getUserMedia({
      audio: { channelCount: 1, echoCancellation: true, noiseSuppression: true, autoGainControl: true },
    })
  } catch (error) {
    const isMissing = error instanceof DOMException && ['NotFoundError', 'NotReadableError'].includes(error.name)
    onState(isMissing ? 'missing' : 'refused')
    return { hangUp() {} }
  }
  const audio = new AudioContext()
  let socket: WebSocket | null = null
  let state: LineState = 'ringing'
  let heard = 0

  function close(last: LineState) {
    if (state !== 'ringing' && state !== 'live') return
    state = last
    for (const track of microphone.getTracks()) track.stop()
    if (socket && socket.readyState <= WebSocket.OPEN) socket.close(1000)
    void audio.close().catch(() => {})
    onState(last)
  }

  function receive(text: string) {
    const message = parse(text)
    if (message.type === 'call' && typeof message.callId === 'string') options.onCall?.(message.callId)
    if (message.type === 'waiting') options.onWaiting?.()
    return message.type
  }

  try {
    await audio.audioWorklet.addModule('/line-worklet.js')
    const { ticket } = await client.post<{ ticket: string }>('/api/v1/tickets')
    const line = new AudioWorkletNode(audio, 'line', { numberOfInputs: 1, numberOfOutputs: 1, outputChannelCount: [1] })
    audio.createMediaStreamSource(microphone).connect(line).connect(audio.destination)
    const address = new URL(client.url('/api/v1/voice', { ticket }), window.location.href)
    address.protocol = address.protocol.replace('http', 'ws')
    const open = new WebSocket(address)
    socket = open
    open.binaryType = 'arraybuffer'
    open.onopen = () => {
      open.send(JSON.stringify(take === undefined ? { type: 'begin' } : { type: 'take', call: take }))
      state = 'live'
      onState('live')
    }
    open.onmessage = ({ data }) => {
      if (!(data instanceof ArrayBuffer)) {
        if (receive(String(data)) === 'clear') line.port.postMessage('clear')
        return
      }
      const frame = new Int16Array(data, 0, data.byteLength >> 1)
      heard = Math.max(heard, loudness(frame))
      line.port.postMessage(frame)
    }
    open.onclose = ({ wasClean }) => close(state === 'ringing' ? 'absent' : wasClean ? 'ended' : 'lost')
    let frames = 0
    line.port.onmessage = ({ data }: MessageEvent<Int16Array<ArrayBuffer>>) => {
      if (open.readyState === WebSocket.OPEN && open.bufferedAmount < 64_000) open.send(data)
      if (frames++ % 5 !== 0) return
      onLevel(loudness(data), heard)
      heard = 0
    }
    await audio.resume()
  } catch {
    close('absent')
  }
  return { hangUp: () => close('ended') }
}

function parse(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>
  } catch {
    return {}
  }
}

function loudness(frame: Int16Array): number {
  let sum = 0
  for (const sample of frame) sum += sample * sample
  return Math.min(1, Math.sqrt(sum / Math.max(1, frame.length)) / 6_000)
}

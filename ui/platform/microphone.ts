import type { Client } from '../api/client.ts'

export type LineState = 'ringing' | 'live' | 'ended' | 'denied' | 'absent' | 'lost'

export type MicrophoneLine = { hangUp(): void }

type Options = {
  onState(state: LineState): void
  /** 0..1, a few times a second. */
  onLevel(level: number): void
}

/** Only a secure page may hear. */
export const canHear = () =>
  typeof window !== 'undefined' && window.isSecureContext && 'mediaDevices' in navigator && 'AudioWorkletNode' in window

/**
 * The page as a telephone: 16 kHz PCM in frames of 20 ms over /api/v1/voice, opened with a one-use ticket because a
 * socket cannot send headers.
 */
export async function openMicrophoneLine(client: Client, { onState, onLevel }: Options): Promise<MicrophoneLine> {
  onState('ringing')
  let microphone: MediaStream
  try {
    microphone = await navigator.mediaDevices.getUserMedia({
      audio: { channelCount: 1, echoCancellation: true, noiseSuppression: true, autoGainControl: true },
    })
  } catch {
    onState('denied')
    return { hangUp() {} }
  }
  const audio = new AudioContext()
  let socket: WebSocket | null = null
  let state: LineState = 'ringing'

  function close(last: LineState) {
    if (state === 'ended' || state === 'lost' || state === 'absent') return
    state = last
    for (const track of microphone.getTracks()) track.stop()
    if (socket && socket.readyState <= WebSocket.OPEN) socket.close(1000)
    void audio.close().catch(() => {})
    onState(last)
  }

  try {
    await audio.audioWorklet.addModule('/line-worklet.js')
    const { ticket } = await client.post<{ ticket: string }>('/api/v1/tickets')
    const line = new AudioWorkletNode(audio, 'line', { numberOfInputs: 1, numberOfOutputs: 1, outputChannelCount: [1] })
    audio.createMediaStreamSource(microphone).connect(line).connect(audio.destination)
    const address = new URL(client.url('/api/v1/voice', { ticket }), window.location.href)
    address.protocol = address.protocol.replace('http', 'ws')
    socket = new WebSocket(address)
    socket.binaryType = 'arraybuffer'
    socket.onopen = () => {
      state = 'live'
      onState('live')
    }
    socket.onmessage = ({ data }) => {
      if (data instanceof ArrayBuffer) line.port.postMessage(new Int16Array(data, 0, data.byteLength >> 1))
      else if (/"(clear|flush)"/.test(String(data))) line.port.postMessage('clear')
    }
    socket.onclose = ({ wasClean }) => close(state === 'ringing' ? 'absent' : wasClean ? 'ended' : 'lost')
    let frames = 0
    line.port.onmessage = ({ data }: MessageEvent<Int16Array<ArrayBuffer>>) => {
      if (socket?.readyState === WebSocket.OPEN && socket.bufferedAmount < 64_000) socket.send(data)
      if (frames++ % 5 === 0) onLevel(loudness(data))
    }
    await audio.resume()
  } catch {
    close('absent')
  }
  return { hangUp: () => close('ended') }
}

function loudness(frame: Int16Array): number {
  let sum = 0
  for (const sample of frame) sum += sample * sample
  return Math.min(1, Math.sqrt(sum / frame.length) / 6_000)
}

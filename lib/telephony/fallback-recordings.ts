import type { Ari } from './ari/client.ts'
import { namesOf } from './names.ts'

/** A message that the dialplan took while the assistant was away. */
export type FallbackRecording = {
  /** Asterisk's name of it, for `fetch` and `remove`. */
  name: string
  recordedAt: Date
  callerNumber: string
  calledNumber: string
  /** The WAV file, 8 kHz. */
  fetch(): Promise<ArrayBuffer>
  remove(): Promise<void>
}

/** What the generated dialplan recorded: `ai-call-fallback~<epoch>~<caller>~<called>~<unique id>`, both numbers cleaned by it. */
export async function fallbackRecordings(ari: Pick<Ari, 'call' | 'app'>): Promise<FallbackRecording[]> {
  const prefix = namesOf(ari.app).messages
  const stored = await ari.call('GET /recordings/stored', {})
  return stored.flatMap(({ name }) => {
    const recordingName = name
    if (!name.startsWith(prefix)) return []
    const [epoch = '', callerNumber = '', calledNumber = ''] = name.slice(prefix.length).split('~')
    const seconds = Number(epoch)
    if (!Number.isFinite(seconds) || seconds <= 0) return []
    return [
      {
        name,
        recordedAt: new Date(seconds * 1000),
        callerNumber,
        calledNumber,
        fetch: () => ari.call('GET /recordings/stored/{recordingName}/file', { recordingName }, { timeoutMs: 30_000 }),
        remove: async () => {
          await ari.call('DELETE /recordings/stored/{recordingName}', { recordingName })
        },
      },
    ]
  })
}

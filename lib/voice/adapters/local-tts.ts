import type { Clock, Language, Pcm, Tts } from '../ports.ts'
import { sentences, speakable } from './sentences.ts'
import type { SpeechAnswer, SpeechArgument, SpeechRequest } from './speech-protocol.ts'
import { type HostState, type Supervised, supervise } from './supervised.ts'

export type LocalTts = Tts & { state(): HostState; ready(): Promise<void> }

export type LocalTtsOptions = {
  name: string
  argument: SpeechArgument
  voices: Tts['voices']
  /** The host's own name of each voice id. */
  hostVoice: Record<string, string>
  clock: Clock
  /** A piece that takes longer means that the engine hangs: its host is killed. */
  pieceWithinMs?: number
  onState?(state: HostState): void
}

type Listener = { samples(samples: Pcm): void; end(error?: Error): void }

/** A voice on this machine: flite in a worker thread, a pulled voice in a child process (a broken file ends only that). */
export function createLocalTts(options: LocalTtsOptions): LocalTts {
  const { name, argument, voices, clock } = options
  const listeners = new Map<number, Listener>()
  let nextId = 1

  const endAll = (reason: string) => {
    for (const listener of [...listeners.values()]) listener.end(new Error(reason))
    listeners.clear()
  }

  const host: Supervised<SpeechRequest> = supervise<SpeechRequest, SpeechAnswer>({
    name,
    kind: argument.engine === 'flite' ? 'thread' : 'process',
    entry: new URL('./speech-host.ts', import.meta.url),
    argument,
    clock,
    ...(options.onState ? { onState: options.onState } : {}),
    onLost: endAll,
    onMessage(message) {
      if (message.type === 'ready') return
      const listener = listeners.get(message.id)
      if (!listener) return
      if (message.type === 'audio') return listener.samples(message.samples)
      listeners.delete(message.id)
      listener.end(message.type === 'failed' ? new Error(message.message) : undefined)
    },
  })

  async function* speak(
    text: string,
    { voice, language, signal }: { voice?: string; language: Language; signal: AbortSignal },
  ): AsyncGenerator<Pcm> {
    signal.throwIfAborted()
    const chosen =
      voices.find(one => one.id === voice && one.language === language) ?? voices.find(one => one.language === language)
    if (!chosen) throw new Error(`${name} has no ${language === 'de' ? 'German' : 'English'} voice.`)
    const pieces = sentences(speakable(text, language))
    if (pieces.length === 0) return
    await untilReady(host, signal)

    const id = nextId++
    const queue: Pcm[] = []
    let end: { error?: Error } | undefined
    let wake = () => {}
    let cancelWatch = () => {}
    const watch = () => {
      cancelWatch()
      cancelWatch = clock.after(options.pieceWithinMs ?? 15_000, () => host.restart('it did not speak in time'))
    }
    listeners.set(id, {
      samples(samples) {
        watch()
        if (samples.length > 0) queue.push(samples)
        wake()
      },
      end(error) {
        cancelWatch()
        end = error ? { error } : {}
        wake()
      },
    })
    const onAbort = () => wake()
    signal.addEventListener('abort', onAbort)
    try {
      watch()
      host.post({ type: 'speak', id, pieces, voice: options.hostVoice[chosen.id] ?? '0' })
      while (true) {
        signal.throwIfAborted()
        const samples = queue.shift()
        if (samples) {
          yield samples
          continue
        }
        if (end?.error) throw end.error
        if (end) return
        await new Promise<void>(resolve => {
          wake = resolve
        })
      }
    } finally {
      cancelWatch()
      signal.removeEventListener('abort', onAbort)
      if (listeners.delete(id)) host.post({ type: 'cancel', id })
    }
  }

  return {
    name,
    voices,
    speak,
    state: host.state,
    ready: host.ready,
    async close() {
      endAll(`${name} was closed.`)
      await host.stop()
    },
  }
}

async function untilReady(host: Supervised<SpeechRequest>, signal: AbortSignal): Promise<void> {
  if (host.state().state === 'ready') return
  let onAbort = () => {}
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(signal.reason)
    signal.addEventListener('abort', onAbort)
  })
  try {
    await Promise.race([host.ready(), aborted])
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}

/** The voices that are always there. */
export function createFliteTts(clock: Clock, onState?: (state: HostState) => void): LocalTts {
  return createLocalTts({
    name: 'flite',
    argument: { engine: 'flite' },
    voices: [
      { id: 'flite:slt', language: 'en', label: 'Slt (female, American English)' },
      { id: 'flite:rms', language: 'en', label: 'Rms (male, American English)' },
    ],
    hostVoice: { 'flite:slt': 'slt', 'flite:rms': 'rms' },
    clock,
    ...(onState ? { onState } : {}),
  })
}

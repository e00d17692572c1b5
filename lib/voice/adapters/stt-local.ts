import { availableParallelism } from 'node:os'
import { cutAtPauses } from '../audio/pauses.ts'
import { type Clock, type Heard, type Language, type Pcm, rateHz, type Stt } from '../ports.ts'
import { keepHeard } from './hallucinations.ts'
import { isAudible } from './loudness.ts'
import { createQueue } from './queue.ts'
import type { EarsLayout, SttAnswer, SttRequest } from './stt-protocol.ts'
import { type HostState, supervise } from './supervised.ts'

export type LocalStt = Stt & {
  state(): HostState
  ready(): Promise<void>
  load(): { running: number; waiting: number }
}

export type LocalSttOptions = {
  name: string
  layout: EarsLayout
  languages: Language[]
  clock: Clock
  /** Decodes at a time: one for each core. */
  concurrency?: number
  /** For one utterance, waiting included. */
  deadlineMs?: number
  onState?(state: HostState): void
}

// Whisper hears 30 s at most
const longestMs = 26_000
const hungAfterMs = 25_000

/** A pulled model in a child process. Answers in the order of urgency; a child that dies or hangs is started again. */
export function createLocalStt(options: LocalSttOptions): LocalStt {
  const { name, layout, languages, clock } = options
  const asked = new Map<number, { resolve(text: string): void; reject(error: Error): void; cancelHang(): void }>()
  let nextId = 1
  const queue = createQueue({
    name,
    concurrency: options.concurrency ?? Math.max(1, Math.min(availableParallelism(), 4)),
    limit: 12,
    clock,
  })

  const settle = (id: number) => {
    const one = asked.get(id)
    asked.delete(id)
    one?.cancelHang()
    return one
  }

  const host = supervise<SttRequest, SttAnswer>({
    name,
    kind: 'process',
    entry: new URL('./stt-host.ts', import.meta.url),
    argument: { layout, languages },
    clock,
    ...(options.onState ? { onState: options.onState } : {}),
    onLost(reason) {
      for (const id of [...asked.keys()]) settle(id)?.reject(new Error(reason))
    },
    onMessage(message) {
      if (message.type === 'heard') settle(message.id)?.resolve(keepHeard(message.text, message.speechMs))
      else if (message.type === 'failed') settle(message.id)?.reject(new Error(message.message))
    },
  })

  /** Ends only when the child has answered: an abort frees the listener, not the child's core. */
  function hear(samples: Pcm, language: Language): Promise<string> {
    const { state, reason } = host.state()
    if (state !== 'ready') return Promise.reject(new Error(reason ?? `${name} is still being loaded.`))
    const id = nextId++
    return new Promise((resolve, reject) => {
      const cancelHang = clock.after(hungAfterMs, () => host.restart('it did not answer'))
      asked.set(id, { resolve, reject, cancelHang })
      host.post({ type: 'hear', id, samples, language })
    })
  }

  return {
    name,
    state: host.state,
    ready: host.ready,
    load: queue.size,
    async transcribe(audio, { language, signal, urgent, isPartial }): Promise<Heard> {
      signal.throwIfAborted()
      const started = clock.now()
      if (!isAudible(audio)) return { text: '', tookMs: 0 }
      const texts: string[] = []
      for (const part of cutAtPauses(audio, (longestMs * rateHz) / 1000)) {
        texts.push(
          await queue.run(() => hear(part, language), {
            signal,
            deadlineMs: options.deadlineMs ?? 15_000,
            ...(urgent ? { urgent } : {}),
            ...(isPartial ? { isSpare: true } : {}),
          }),
        )
      }
      return { text: texts.filter(Boolean).join(' '), language, tookMs: clock.now() - started }
    },
    async close() {
      queue.close()
      for (const id of [...asked.keys()]) settle(id)?.reject(new Error(`${name} was closed.`))
      await host.stop()
    },
  }
}

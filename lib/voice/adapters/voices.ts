import type { Language, Pcm, Tts } from '../ports.ts'

/** One engine and the voices it has; `isPreferred` engines are asked before the others when nobody named a voice. */
export type VoiceEngine = { tts: Tts; isPreferred: boolean }

export type SpeakOptions = { voice?: string; language: Language; signal: AbortSignal }

export type Voices = Tts & {
  /** The voice that `speak` would begin with, or undefined when nothing here speaks the language. */
  voiceFor(language: Language, voice?: string): { id: string; engine: string } | undefined
  /** Like `speak`, by that voice and no other: for what is kept on disk under its name. */
  speakStrictly(text: string, options: SpeakOptions): AsyncIterable<Pcm>
}

const missing: Record<Language, string> = {
  en: 'No engine here speaks English at the moment.',
  de: 'Nothing here speaks German: pull a German voice (npm run models pull piper-de-thorsten) or set TTS_URL.',
}

/**
 * All engines as one: the voice somebody chose, else the preferred engine, else whatever speaks the language. When one fails
 * before its first sound the next one takes over, so that the caller hears a sentence in another voice rather than nothing.
 * `standard` is the voice for those who named none.
 */
export function createVoices(engines: () => readonly VoiceEngine[], standard?: string): Voices {
  const inOrder = (language: Language, voice = standard): { tts: Tts; id: string }[] => {
    const speaking = engines().flatMap(({ tts, isPreferred }) => {
      const fitting = tts.voices.filter(one => one.language === language)
      const named = fitting.find(one => one.id === voice || one.id === `flite:${voice}`)
      const chosen = named ?? fitting[0]
      return chosen ? [{ tts, id: chosen.id, rank: named ? 0 : isPreferred ? 1 : 2 }] : []
    })
    return speaking.sort((a, b) => a.rank - b.rank)
  }

  async function* speak(text: string, { voice, language, signal }: SpeakOptions): AsyncGenerator<Pcm> {
    let reason: unknown = new Error(missing[language])
    for (const { tts, id } of inOrder(language, voice)) {
      let hasSpoken = false
      try {
        for await (const piece of tts.speak(text, { voice: id, language, signal })) {
          hasSpoken = true
          yield piece
        }
        return
      } catch (error) {
        // half a sentence is not begun again in another voice
        if (signal.aborted || hasSpoken) throw error
        reason = error
      }
    }
    throw reason
  }

  return {
    name: 'voices',
    get voices() {
      return engines().flatMap(({ tts }) => tts.voices)
    },
    voiceFor(language, voice) {
      const first = inOrder(language, voice)[0]
      return first && { id: first.id, engine: first.tts.name }
    },
    speak,
    async *speakStrictly(text, { voice, language, signal }) {
      const first = inOrder(language, voice)[0]
      if (!first) throw new Error(missing[language])
      yield* first.tts.speak(text, { voice: first.id, language, signal })
    },
    async close() {
      await Promise.all(engines().map(({ tts }) => tts.close()))
    },
  }
}

/** An engine that costs memory and is started by the first who wants it. */
export function lazyTts<Made extends Tts>(
  name: string,
  voices: Tts['voices'],
  make: () => Made,
): Tts & { start(): Made } {
  let made: Made | undefined
  const start = () => {
    made ??= make()
    return made
  }
  return {
    name,
    voices,
    start,
    async *speak(text, options) {
      yield* start().speak(text, options)
    },
    async close() {
      await made?.close()
    },
  }
}

import { disclosures, greetings } from '#lib/lines/index.ts'
import type { Engines } from '#lib/voice/adapters/index.ts'
import { type Language, splitGreeting, stockPhrases, type Voice } from '#lib/voice/index.ts'

/** A line's voice: prepared sentences from the cache, everything else from the engine. */
export function createVoice({ phrases, tts }: Pick<Engines, 'phrases' | 'tts'>, voice: string | null): Voice {
  const chosen = voice ? { voice } : {}
  return {
    cached: (sentence, language) => phrases.find(sentence, { ...chosen, language }) ?? null,
    speak: (sentence, language, signal) => tts.speak(sentence, { ...chosen, language, signal }),
  }
}

export type Spoken = {
  language: Language
  otherLanguage: Language | null
  voice: string | null
  greeting: string
  disclosure: string
}

/**
 * How a line speaks with the voices there are: a German line without a German voice speaks English, with an English greeting,
 * rather than not at all.
 */
export function speakable<L extends Spoken>(line: L, canSpeak: (language: Language) => boolean): L {
  if (canSpeak(line.language)) {
    return line.otherLanguage && !canSpeak(line.otherLanguage) ? { ...line, otherLanguage: null } : line
  }
  const language = line.language === 'de' ? 'en' : 'de'
  if (!canSpeak(language)) return line
  return {
    ...line,
    language,
    otherLanguage: null,
    voice: null,
    greeting: greetings[language],
    disclosure: disclosures[language],
  }
}

/** Makes what every call on this line says, so that a call begins without waiting for an engine. Answers what could not be made. */
export async function prepareLine(
  { phrases, canSpeak }: Pick<Engines, 'phrases' | 'canSpeak'>,
  line: Spoken,
  signal: AbortSignal,
): Promise<string[]> {
  const chosen = line.voice ? { voice: line.voice } : {}
  const failed: string[] = []
  for (const language of new Set([line.language, ...(line.otherLanguage ? [line.otherLanguage] : [])])) {
    if (!canSpeak(language)) continue
    const own =
      language === line.language
        ? [...Object.values(splitGreeting(line.greeting)).filter(Boolean), line.disclosure]
        : []
    const done = await phrases.prepare([...own, ...stockPhrases(language)], { ...chosen, language, signal })
    failed.push(...done.failed)
  }
  return failed
}

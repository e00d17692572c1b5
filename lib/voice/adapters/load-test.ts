import { isEars, type ModelLayout, readLayout } from '#lib/models/layout.ts'
import type { ManifestEntry } from '#lib/models/manifest.ts'
import type { Clock } from '../ports.ts'
import { createLocalTts } from './local-tts.ts'
import { voiceConfig } from './model-config.ts'
import { createLocalStt } from './stt-local.ts'
import type { EarsLayout } from './stt-protocol.ts'

/**
 * Whether a model really loads and works, tried in a child process: a broken file ends the process that opens it without an
 * exception. Throws one sentence.
 */
export async function tryModel(
  folder: string,
  { languages, label }: Pick<ManifestEntry, 'languages' | 'label'>,
  clock: Clock,
): Promise<ModelLayout> {
  const layout = await readLayout(folder)
  const language = languages[0] ?? 'en'
  if (isEars(layout)) {
    // getting ready includes a first decode
    const stt = createLocalStt({ name: label, layout: layout as EarsLayout, languages: [language], clock })
    try {
      await stt.ready()
    } finally {
      await stt.close()
    }
    return layout
  }
  const config = voiceConfig(layout as Extract<ModelLayout, { kind: 'vits' | 'kokoro' }>)
  const tts = createLocalTts({
    name: label,
    argument: { engine: 'sherpa', config },
    voices: [{ id: 'try', language, label }],
    hostVoice: { try: '0' },
    clock,
    pieceWithinMs: 60_000,
  })
  try {
    let samples = 0
    const words = language === 'de' ? 'guten tag' : 'good morning'
    for await (const piece of tts.speak(words, { language, signal: AbortSignal.timeout(90_000) }))
      samples += piece.length
    if (samples < 1600) throw new Error(`${label} loads and says nothing.`)
  } finally {
    await tts.close()
  }
  return layout
}

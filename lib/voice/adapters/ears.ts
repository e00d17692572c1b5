import type { Heard, Language, Pcm, Stt } from '../ports.ts'

/** Several pairs of ears as one: in order, the next when one fails. `hears` says which languages one is good for. */
export type EarsEngine = { stt: Stt; hears: (language: Language) => boolean }

export function createEars(engines: readonly EarsEngine[]): Stt {
  return {
    name: engines.map(({ stt }) => stt.name).join(', then '),
    async transcribe(audio: Pcm, options): Promise<Heard> {
      // a model of another language hears nonsense, which is still more than nothing when it is all there is
      const fitting = engines.filter(({ hears }) => hears(options.language))
      let reason: unknown = new Error('There are no ears.')
      for (const { stt } of fitting.length > 0 ? fitting : engines) {
        try {
          return await stt.transcribe(audio, options)
        } catch (error) {
          // what others would hear too late anyway is not worth asking them
          if (options.signal.aborted || options.isPartial) throw error
          reason = error
        }
      }
      throw reason
    },
    async close() {
      await Promise.all(engines.map(({ stt }) => stt.close()))
    },
  }
}

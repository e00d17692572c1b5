import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** What a folder with a speech model holds, told by its files, so that an imported archive needs no description. */
export type ModelLayout =
  | { kind: 'whisper'; encoder: string; decoder: string; tokens: string; isEnglishOnly: boolean }
  | {
      kind: 'moonshine'
      preprocessor: string
      encoder: string
      uncachedDecoder: string
      cachedDecoder: string
      tokens: string
    }
  | { kind: 'kokoro'; model: string; voices: string; tokens: string; dataDir: string; lexicon?: string }
  | { kind: 'vits'; model: string; tokens: string; dataDir?: string; lexicon?: string }

/** Paths of the files in `folder`; throws an Error with one sentence when it is no model that is known here. */
export async function readLayout(folder: string): Promise<ModelLayout> {
  const names = await readdir(folder)
  const byPattern = (pattern: RegExp) => names.filter(name => pattern.test(name)).sort(smallFirst)[0]
  const full = (name: string) => join(folder, name)
  const tokens = byPattern(/(^|-)tokens\.txt$/)
  if (!tokens) throw new Error('There is no tokens.txt in it: this is no speech model of sherpa-onnx.')
  const isFolder = names.includes('espeak-ng-data') && (await stat(full('espeak-ng-data'))).isDirectory()

  const preprocessor = byPattern(/^preprocess.*\.onnx$/)
  const moonEncoder = byPattern(/^encode(\.int8)?\.onnx$/)
  const uncached = byPattern(/^uncached_decode.*\.onnx$/)
  const cached = byPattern(/^cached_decode.*\.onnx$/)
  if (preprocessor && moonEncoder && uncached && cached) {
    return {
      kind: 'moonshine',
      preprocessor: full(preprocessor),
      encoder: full(moonEncoder),
      uncachedDecoder: full(uncached),
      cachedDecoder: full(cached),
      tokens: full(tokens),
    }
  }
  const encoder = byPattern(/(^|-)encoder(\.int8)?\.onnx$/)
  const decoder = byPattern(/(^|-)decoder(\.int8)?\.onnx$/)
  if (encoder && decoder) {
    return {
      kind: 'whisper',
      encoder: full(encoder),
      decoder: full(decoder),
      tokens: full(tokens),
      isEnglishOnly: /\.en-/.test(encoder),
    }
  }
  const model = byPattern(/\.onnx$/)
  if (!model) throw new Error('There is no .onnx file in it.')
  const lexicon = byPattern(/^lexicon.*\.txt$/)
  if (names.includes('voices.bin')) {
    if (!isFolder) throw new Error('A Kokoro voice needs its espeak-ng-data folder.')
    return {
      kind: 'kokoro',
      model: full(model),
      voices: full('voices.bin'),
      tokens: full(tokens),
      dataDir: full('espeak-ng-data'),
      ...(lexicon ? { lexicon: full(lexicon) } : {}),
    }
  }
  return {
    kind: 'vits',
    model: full(model),
    tokens: full(tokens),
    ...(isFolder ? { dataDir: full('espeak-ng-data') } : {}),
    ...(lexicon ? { lexicon: full(lexicon) } : {}),
  }
}

/** Of several sizes of one file the quantised one: half the memory, twice the speed on a CPU. */
function smallFirst(a: string, b: string): number {
  return Number(b.includes('int8')) - Number(a.includes('int8')) || a.length - b.length || a.localeCompare(b)
}

export const isEars = (layout: ModelLayout) => layout.kind === 'whisper' || layout.kind === 'moonshine'

export const modelKinds = ['whisper', 'moonshine', 'vits', 'kokoro'] as const
export type ModelKind = (typeof modelKinds)[number]

/** What a kind is for, in the words people see. */
export const purposeOf = (kind: ModelKind): 'ears' | 'voice' =>
  kind === 'whisper' || kind === 'moonshine' ? 'ears' : 'voice'

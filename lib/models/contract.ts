import { z } from 'zod'

const source = z.enum(['speech', 'decision'])
/** `decision` models belong to Ollama: `qwen3:4b`, `hf.co/someone/something:Q4_K_M`. */
const modelName = z.string().regex(/^[a-z0-9][\w.:/-]{0,119}$/i, 'must be the name of a model')

export const PullInput = z.object({
  source,
  name: modelName,
  /** Speech models come under a licence of their own, which has to be shown and accepted. */
  acceptsLicence: z.boolean().default(false),
})
export type PullInput = z.infer<typeof PullInput>

export const RemoveQuery = z.object({ source: source.default('speech') })

export const ModelJob = z.object({
  id: z.string(),
  source,
  name: z.string(),
  state: z.enum(['running', 'done', 'failed', 'cancelled']),
  step: z.enum(['waiting', 'looking_up', 'downloading', 'checking', 'unpacking', 'trying', 'installed']),
  /** Of the download, in bytes; 0 while it is not known. */
  done: z.number(),
  total: z.number(),
  /** One sentence, once it is over. */
  message: z.string().nullable(),
  startedAt: z.string(),
})
export type ModelJob = z.infer<typeof ModelJob>

export const SpeechModel = z.object({
  name: z.string(),
  purpose: z.enum(['ears', 'voice']),
  label: z.string(),
  languages: z.array(z.enum(['en', 'de'])),
  advice: z.string(),
  /** Of the download, about. */
  bytes: z.number(),
  licence: z.object({ id: z.string(), text: z.string(), url: z.string() }),
  installed: z
    .object({
      at: z.string(),
      bytes: z.number(),
      sha256: z.string(),
      /** `release`: the publisher's own digest was checked. */
      digestFrom: z.enum(['release', 'first_download', 'import']),
      /** Ids for a line's `voice`. */
      voices: z.array(z.object({ id: z.string(), label: z.string() })),
    })
    .nullable(),
})
export type SpeechModel = z.infer<typeof SpeechModel>

export const ModelList = z.object({
  speech: z.array(SpeechModel),
  /** Voices that need no model, for a line's `voice`. */
  builtIn: z.array(z.object({ id: z.string(), label: z.string(), language: z.enum(['en', 'de']) })),
  decision: z.object({
    isReachable: z.boolean(),
    message: z.string(),
    models: z.array(z.object({ name: z.string(), bytes: z.number() })),
  }),
  jobs: z.array(ModelJob),
  /** Why the list of installed models cannot be read, or null. */
  trouble: z.string().nullable(),
})
export type ModelList = z.infer<typeof ModelList>

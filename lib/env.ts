import { createHash } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { once } from './once.ts'
import { parseTrust } from './proxy-trust.ts'

const isPlaceholder = (value: string) => /^<.*>$/.test(value.trim())
const flag = (fallback: boolean) =>
  z
    .enum(['true', 'false', '1', '0', 'on', 'off', 'yes', 'no'], { error: 'must be true or false' })
    .default(fallback ? 'true' : 'false')
    .transform(value => ['true', '1', 'on', 'yes'].includes(value))
const port = (fallback: number) => wholeNumber('must be a port number from 0 to 65535', 65_535).default(fallback)
const wholeNumber = (error: string, max: number) => z.coerce.number({ error }).int(error).min(0, error).max(max, error)
const oneOf = <const Values extends readonly [string, ...string[]]>(values: Values) =>
  z.enum(values, { error: `must be ${values.slice(0, -1).join(', ')} or ${values.at(-1)}` })
const url = z.url({ protocol: /^https?$/, error: 'must be an http or https address' })

/** The name of this service in Asterisk: contexts, endpoints and recordings begin with it. */
export const asteriskApp = z
  .string()
  .regex(/^[a-z](?:[a-z0-9-]{0,30}[a-z0-9])?$/, 'must begin with a letter and be lower-case letters, digits and dashes')
  .default('ai-call')

/** Every setting of the service, its default, and what it may be. README.md and .env.example list the same names. */
const Settings = z.object({
  SERVICE_HOST: z.string().default('0.0.0.0'),
  SERVICE_PORT: port(8000),
  ROLE: oneOf(['all', 'web', 'agent']).default('all'),
  DATA_DIR: z
    .string()
    .default('./data')
    .transform(path => resolve(path)),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must begin with postgres://')
    .optional(),
  RECORDINGS_DIR: z.string().optional(),
  MIN_FREE_SPACE_MB: z.coerce.number({ error: 'must be a number' }).min(0, 'must not be negative').default(200),
  JWT_SECRET: z.string().min(32, 'must have at least 32 characters').optional(),
  PUBLIC_URL: url.optional(),
  TRUST_PROXY: z
    .string()
    .refine(
      setting => parseTrust(setting) !== null,
      'must list addresses, ranges such as 10.0.0.0/8, loopback, private or none',
    )
    .default('loopback'),
  RATE_LIMITS: oneOf(['on', 'off']).default('on'),
  ANONYMOUS_CALLS: flag(true),
  LOGIN_RETURNS_API_KEY: flag(true),
  LOG_LEVEL: oneOf(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),

  ASTERISK_HOST: z.string().default('localhost'),
  ASTERISK_PORT: port(5060),
  ASTERISK_USERNAME: z.string().default('ai_service'),
  ASTERISK_PASSWORD: z.string().optional(),
  ASTERISK_ARI_URL: url.optional(),
  ASTERISK_APP: asteriskApp,

  OLLAMA_HOST: url.default('http://localhost:11434'),
  OLLAMA_MODEL: z.string().optional(),
  LLM_URL: url.optional(),
  LLM_API_KEY: z.string().optional(),
  LLM_MODEL: z.string().optional(),

  STT_URL: url.optional(),
  STT_API_KEY: z.string().optional(),
  STT_MODEL: z.string().optional(),
  TTS_URL: url.optional(),
  TTS_API_KEY: z.string().optional(),
  TTS_MODEL: z.string().optional(),
  TTS_VOICE: z.string().optional(),
  MAX_CONVERSATIONS: wholeNumber('must be a whole number', 100_000).optional(),
})

export type Env = Omit<z.output<typeof Settings>, 'RECORDINGS_DIR' | 'ASTERISK_ARI_URL'> & {
  RECORDINGS_DIR: string
  ASTERISK_ARI_URL: string
  /** What openDatabase takes. */
  database: string
  /** The local socket on which the voice process takes browser microphones. */
  agentSocket: string
  /** Whether the owner asked for Asterisk at all: without a password the telephone is "not configured", which is no fault. */
  isAsteriskConfigured: boolean
}

/**
 * Parses settings. Empty values count as unset. Throws an Error whose message is one line per wrong setting,
 * naming it and never its value.
 */
export function parseEnv(source: Record<string, string | undefined>): Env {
  const given = Object.fromEntries(
    Object.keys(Settings.shape).flatMap(name => {
      const value = source[name]?.trim()
      return value ? [[name, value]] : []
    }),
  )
  const placeholders = Object.keys(given).filter(name => isPlaceholder(given[name]!))
  if (placeholders.length > 0) {
    throw new Error(
      placeholders.map(name => `${name} is still the placeholder of the example: set it or remove it.`).join('\n'),
    )
  }
  const parsed = Settings.safeParse(given)
  if (!parsed.success) {
    throw new Error(parsed.error.issues.map(issue => `${issue.path.join('.')} ${issue.message}.`).join('\n'))
  }
  const env = parsed.data
  if (env.DATABASE_URL && !env.JWT_SECRET) {
    throw new Error('JWT_SECRET must be set when DATABASE_URL is: every machine has to know the same secret.')
  }
  return {
    ...env,
    RECORDINGS_DIR: resolve(env.RECORDINGS_DIR ?? join(env.DATA_DIR, 'recordings')),
    ASTERISK_ARI_URL: env.ASTERISK_ARI_URL ?? `http://${env.ASTERISK_HOST}:8088`,
    database: env.DATABASE_URL ?? join(env.DATA_DIR, 'users.db'),
    agentSocket: agentSocketIn(env.DATA_DIR),
    isAsteriskConfigured: Boolean(env.ASTERISK_PASSWORD),
  }
}

/** In the data folder, unless its path is longer than a socket's address may be. */
function agentSocketIn(dataDir: string): string {
  const inData = join(dataDir, 'agent.sock')
  if (Buffer.byteLength(inData) <= 100) return inData
  return join(tmpdir(), `ai-call-service-${createHash('sha256').update(dataDir).digest('hex').slice(0, 16)}.sock`)
}

/** The settings of this process, parsed once. bin/ reads .env into process.env before anything asks. */
export function env(): Env {
  return once('env', () => parseEnv(process.env))
}

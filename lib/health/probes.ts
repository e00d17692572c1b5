import { statfs } from 'node:fs/promises'
import type { Env } from '../env.ts'
import type { Parts, Probe } from './contract.ts'
import { type AgentRow, pingDatabase, readAgents } from './repo.ts'

const probeWithinMs = 2_000
/** A voice process whose row is older does not live any more. */
const heartbeatWithinMs = 10_000
/** A new voice process loads its engines before it beats. */
const startWithinMs = 60_000

type ProbeOptions = { nowMs?: number; uptimeMs?: number; fetcher?: typeof fetch }

/** Asks every part how it is. Never throws, never takes longer than 2 s. `source` is the environment, to tell a chosen setting from its default. */
export async function probeAll(
  env: Env,
  source: Record<string, string | undefined>,
  { nowMs = Date.now(), uptimeMs = process.uptime() * 1_000, fetcher = fetch }: ProbeOptions = {},
): Promise<Parts> {
  const [databaseProbe, agents, disk, model] = await Promise.all([
    probeDatabase(),
    within(readAgents(), []),
    probeDisk(env),
    probeModel(env, source, fetcher),
  ])
  const agent = agents.find(row => nowMs - Date.parse(row.heartbeatAt) < heartbeatWithinMs)
  return {
    database: databaseProbe,
    disk,
    model,
    voice: probeVoice(env, agent, uptimeMs),
    telephone: probePart(env.isAsteriskConfigured, agent, 'telephone', {
      off: 'No telephone is connected: set ASTERISK_PASSWORD to connect Asterisk.',
      silent: 'The voice process does not say how Asterisk is.',
    }),
    speech: probePart(Boolean(env.STT_URL || isOn(agent, 'speech')), agent, 'speech', {
      off: 'No speech model is installed: callers are offered keys and voicemail.',
      silent: 'The voice process does not say how speech recognition is.',
    }),
  }
}

async function within<T>(work: Promise<T>, fallback: T): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<T>(resolve => {
    timer = setTimeout(resolve, probeWithinMs, fallback)
  })
  try {
    return await Promise.race([work, late])
  } catch {
    return fallback
  } finally {
    clearTimeout(timer)
  }
}

function probeDatabase(): Promise<Probe> {
  const failed = { isConfigured: true, isWorking: false, say: 'The database does not answer.' }
  const ask = async (): Promise<Probe> => {
    const say = (await pingDatabase()) === 'pg' ? 'PostgreSQL answers.' : 'The database answers.'
    return { isConfigured: true, isWorking: true, say }
  }
  return within(ask(), failed)
}

async function probeDisk({ DATA_DIR, MIN_FREE_SPACE_MB }: Env): Promise<Probe> {
  const ask = async (): Promise<Probe> => {
    const { bavail, bsize } = await statfs(DATA_DIR)
    const freeMb = Math.floor((bavail * bsize) / 1_048_576)
    const isWorking = freeMb >= MIN_FREE_SPACE_MB
    const say = isWorking
      ? `${(freeMb / 1024).toFixed(1)} GB free.`
      : `Only ${freeMb} MB free: nothing is recorded until there are ${MIN_FREE_SPACE_MB} MB.`
    return { isConfigured: true, isWorking, say, data: { free_mb: freeMb } }
  }
  return within(ask(), { isConfigured: true, isWorking: false, say: 'The data folder cannot be read.' })
}

/** Ollama is found by itself at its usual address; only an address that the owner wrote down is missed when it is silent. */
async function probeModel(env: Env, source: Record<string, string | undefined>, fetcher: typeof fetch): Promise<Probe> {
  const isChosen = Boolean(source.OLLAMA_HOST?.trim() || source.OLLAMA_MODEL?.trim())
  const ask = async (): Promise<Probe> => {
    const response = await fetcher(new URL('/api/tags', env.OLLAMA_HOST), {
      signal: AbortSignal.timeout(probeWithinMs - 100),
    })
    const text = (await response.text()).slice(0, 200_000)
    const models = modelNames(text)
    const say = models.length > 0 ? `Ollama answers, with ${models.slice(0, 3).join(', ')}.` : 'Ollama answers.'
    return { isConfigured: true, isWorking: response.status < 500, say, data: { models } }
  }
  return within(ask(), {
    isConfigured: isChosen,
    isWorking: false,
    say: isChosen
      ? 'Ollama does not answer: your rules and the built-in listener decide.'
      : 'No model is connected: your rules and the built-in listener decide.',
  })
}

function modelNames(text: string): string[] {
  try {
    const { models } = JSON.parse(text) as { models?: unknown }
    if (!Array.isArray(models)) return []
    return models.flatMap(model => (typeof model?.name === 'string' ? [model.name as string] : [])).slice(0, 50)
  } catch {
    return []
  }
}

function probeVoice({ ROLE }: Env, agent: AgentRow | undefined, uptimeMs: number): Probe {
  if (agent) return { isConfigured: true, isWorking: true, say: 'The voice process runs.', data: { load: agent.load } }
  if (ROLE === 'web')
    return { isConfigured: false, isWorking: false, say: 'The voice process runs elsewhere, or not yet.' }
  if (uptimeMs < startWithinMs) return { isConfigured: false, isWorking: false, say: 'The voice process is starting.' }
  return { isConfigured: true, isWorking: false, say: 'The voice process does not answer.' }
}

type Reported = { isConfigured?: boolean; isWorking?: boolean; say?: string }

/** What the voice process wrote about one of its parts into its own row. */
function reported(agent: AgentRow | undefined, part: string): Reported | null {
  const value = agent?.state[part]
  return typeof value === 'object' && value !== null ? (value as Reported) : null
}

function isOn(agent: AgentRow | undefined, part: string): boolean {
  return reported(agent, part)?.isConfigured ?? false
}

function probePart(
  isConfigured: boolean,
  agent: AgentRow | undefined,
  part: string,
  say: { off: string; silent: string },
): Probe {
  const own = reported(agent, part)
  if (!isConfigured) return { isConfigured, isWorking: false, say: own?.say ?? say.off }
  if (!own) return { isConfigured, isWorking: false, say: say.silent }
  return { isConfigured, isWorking: own.isWorking ?? false, say: own.say ?? say.silent }
}

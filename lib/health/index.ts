import { env } from '../env.ts'
import { toInstant } from '../instant.ts'
import { once } from '../once.ts'
import { version } from '../version.ts'
import type { Health, Parts, Probe } from './contract.ts'
import { probeAll } from './probes.ts'
import { phase } from './readiness.ts'

export type { Health, Parts, Probe } from './contract.ts'
export { onDraining, phase, setPhase } from './readiness.ts'

const probeEveryMs = 10_000

type Cache = { health: Health | null; body: string; refreshing: Promise<Health> | null }

const cache = () => once('health', (): Cache => ({ health: null, body: '', refreshing: null }))

/** The last result of the probes: at most about 10 s old while the probes run, asked for now the first time. */
export async function currentHealth(): Promise<Health> {
  return cache().health ?? refreshHealth()
}

/** The same as ready-made JSON: a monitor that asks a thousand times a second costs no work. */
export async function currentHealthJson(): Promise<string> {
  if (!cache().health) await refreshHealth()
  return cache().body
}

/** Probes now. Callers that come meanwhile share one round. */
export function refreshHealth(): Promise<Health> {
  const held = cache()
  held.refreshing ??= probeAll(env(), process.env)
    .then(parts => {
      held.health = toHealth(parts, Date.now())
      held.body = JSON.stringify(held.health)
      return held.health
    })
    .finally(() => {
      held.refreshing = null
    })
  return held.refreshing
}

/** Probes every 10 s until the returned function is called. */
export function startProbes(): () => void {
  const timer = setInterval(() => void refreshHealth(), probeEveryMs)
  timer.unref()
  return () => clearInterval(timer)
}

/** Degraded means that something the owner asked for does not work; what was never set up is no fault. */
export function toHealth(parts: Parts, nowMs: number): Health {
  const faults = Object.values(parts).filter(part => part.isConfigured && !part.isWorking)
  const { database, disk, model, speech, telephone, voice } = parts
  return {
    status: faults.length === 0 ? 'healthy' : 'degraded',
    phase: phase(),
    version,
    checked_at: toInstant(nowMs),
    components: {
      sip: telephone.isWorking,
      stt: speech.isWorking,
      // Without a model the rules and the built-in listener decide, so only a model that was asked for can be missing.
      decision_engine: model.isWorking || !model.isConfigured,
      action_router: database.isWorking,
      user_manager: database.isWorking,
    },
    details: {
      database: toDetail(database),
      disk: toDetail(disk),
      telephone: toDetail(telephone),
      speech: toDetail(speech),
      model: toDetail(model),
      voice: toDetail(voice),
    },
  }
}

function toDetail({ isConfigured, isWorking, say, data }: Probe) {
  return { configured: isConfigured, working: isWorking, message: say, ...(data ? { data } : {}) }
}

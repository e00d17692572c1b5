import type { Actor } from '#lib/accounts/actor.ts'
import { audit } from '#lib/admin/index.ts'
import { database } from '../database.ts'
import { env } from '../env.ts'
import { AppError } from '../errors.ts'
import { now } from '../instant.ts'
import { runCommand } from './command.ts'
import type { ModelJob, ModelList, PullInput, SpeechModel } from './contract.ts'
import { beginJob, cancelJob, findJob, listJobs } from './jobs.ts'
import { purposeOf } from './kinds.ts'
import { findModel, type ManifestEntry, manifest } from './manifest.ts'
import { listOllama, pullOllama, removeOllama } from './ollama.ts'
import { canManageModels } from './policy.ts'
import { type InstalledModel, type Lock, readLock } from './store.ts'

/** What can be pulled, what is there, and what is on its way. */
export async function listModels(actor: Actor): Promise<ModelList> {
  requireManager(actor)
  const { DATA_DIR, OLLAMA_HOST } = env()
  let trouble: string | null = null
  const none: Lock = { version: 1, models: {}, pins: {} }
  const [lock, ollama] = await Promise.all([
    readLock(DATA_DIR).catch((error: Error) => {
      trouble = error.message
      return none
    }),
    listOllama(OLLAMA_HOST),
  ])
  return {
    speech: manifest.map(entry => toSpeechModel(entry, lock.models[entry.name])),
    builtIn: [
      { id: 'flite:slt', label: 'Slt (American English)', language: 'en' },
      { id: 'flite:rms', label: 'Rms (American English)', language: 'en' },
    ],
    decision:
      'trouble' in ollama
        ? { isReachable: false, message: ollama.trouble, models: [] }
        : { isReachable: true, message: 'Ollama answers.', models: ollama.models },
    jobs: listJobs(),
    trouble,
  }
}

/** Begins to pull a model and answers at once; the job tells how it goes. */
export async function startPull(actor: Actor, { source, name, acceptsLicence }: PullInput): Promise<ModelJob> {
  requireManager(actor)
  const about = { source, name, startedAt: now() }
  if (source === 'decision') {
    const { OLLAMA_HOST } = env()
    await writeDown(actor, 'models.pulled', name)
    return beginJob(about, async ({ signal, tell }) => {
      tell({ step: 'looking_up' })
      await pullOllama(OLLAMA_HOST, name, {
        signal,
        onProgress: (done, total) => tell({ step: 'downloading', done, total }),
      })
      tell({ step: 'installed' })
      return `${name} is ready in Ollama.`
    })
  }
  const entry = findModel(name)
  if (!entry) throw new AppError('not_found', `There is no speech model called ${name}.`)
  if (!acceptsLicence) {
    throw new AppError('invalid', `${entry.label} comes under a licence (${entry.licence.id}) that has to be accepted.`)
  }
  await writeDown(actor, 'models.pulled', name)
  return beginJob(about, ({ signal, tell }) => runCommand(['pull', name, '--accept-licence'], { signal, tell }))
}

export async function getJob(actor: Actor, id: string): Promise<ModelJob> {
  requireManager(actor)
  const job = findJob(id)
  if (!job) throw new AppError('not_found', 'There is no such download.')
  return job
}

/** What was downloaded is kept: the next pull goes on from there. */
export async function cancelPull(actor: Actor, id: string): Promise<void> {
  requireManager(actor)
  if (!cancelJob(id)) throw new AppError('not_found', 'There is no such download.')
}

export async function removeInstalled(actor: Actor, source: 'speech' | 'decision', name: string): Promise<void> {
  requireManager(actor)
  if (source === 'speech') {
    const { models } = await readLock(env().DATA_DIR)
    if (!Object.hasOwn(models, name)) throw new AppError('not_found', `${name} is not installed.`)
  }
  try {
    if (source === 'decision') await removeOllama(env().OLLAMA_HOST, name)
    else await runCommand(['remove', name], { signal: AbortSignal.timeout(30_000), tell: () => {} })
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    throw new AppError(message.includes('has no model') ? 'not_found' : 'unavailable', message)
  }
  await writeDown(actor, 'models.removed', name)
}

function requireManager(actor: Actor): void {
  if (!canManageModels(actor)) throw new AppError('forbidden', 'Only an administrator may do that.')
}

async function writeDown(actor: Actor, action: 'models.pulled' | 'models.removed', target: string): Promise<void> {
  const db = await database()
  await db.write(function* (tx) {
    yield* audit(tx, db.tables, { action, userId: actor.userId, username: actor.username, target })
  })
}

function toSpeechModel(entry: ManifestEntry, installed: InstalledModel | undefined): SpeechModel {
  const { name, kind, label, languages, advice, aboutBytes, licence } = entry
  return {
    name,
    purpose: purposeOf(kind),
    label,
    languages: [...languages],
    advice,
    bytes: aboutBytes,
    licence: { id: licence.id, text: licence.text, url: licence.url },
    installed: installed
      ? {
          at: installed.installedAt,
          bytes: installed.bytes,
          sha256: installed.sha256,
          digestFrom: installed.digestFrom,
          voices:
            purposeOf(kind) === 'ears'
              ? []
              : (installed.speakers?.map(({ id, label: spoken }) => ({ id: `${name}:${id}`, label: spoken })) ?? [
                  { id: name, label },
                ]),
        }
      : null,
  }
}

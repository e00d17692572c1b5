import { randomUUID } from 'node:crypto'
import { AppError } from '../errors.ts'
import { log } from '../log.ts'
import { once } from '../once.ts'
import type { ModelJob } from './contract.ts'

/** What a running job tells. */
export type JobNews = Partial<Pick<ModelJob, 'step' | 'done' | 'total'>>
export type Work = (options: { signal: AbortSignal; tell(news: JobNews): void }) => Promise<string>

type Held = { job: ModelJob; stop: AbortController }

const kept = 20
const atOnce = 3

// a job outlives the request that began it, and must be found by the next one whichever copy of this module answers it
const held = () => once('models.jobs', () => new Map<string, Held>())

/** Begins a job, or answers the one that already pulls the same model. Its failure is a sentence in the job. */
export function beginJob(about: Pick<ModelJob, 'source' | 'name' | 'startedAt'>, work: Work): ModelJob {
  const jobs = held()
  const running = [...jobs.values()].filter(({ job }) => job.state === 'running')
  const same = running.find(({ job }) => job.source === about.source && job.name === about.name)
  if (same) return { ...same.job }
  if (running.length >= atOnce) {
    throw new AppError('conflict', `${atOnce} models are being pulled already: wait for one of them.`)
  }
  const job: ModelJob = {
    id: randomUUID(),
    ...about,
    state: 'running',
    step: 'waiting',
    done: 0,
    total: 0,
    message: null,
  }
  const stop = new AbortController()
  jobs.set(job.id, { job, stop })
  const finished = [...jobs].filter(([, one]) => one.job.state !== 'running')
  for (const [id] of finished.slice(0, Math.max(0, jobs.size - kept))) jobs.delete(id)
  void work({ signal: stop.signal, tell: news => Object.assign(job, news) }).then(
    message => Object.assign(job, { state: 'done', message }),
    (error: unknown) => {
      const message = error instanceof Error ? error.message : String(error)
      Object.assign(
        job,
        stop.signal.aborted ? { state: 'cancelled', message: 'Cancelled.' } : { state: 'failed', message },
      )
      if (!stop.signal.aborted) log.warn({ model: job.name, reason: message }, 'a model could not be pulled')
    },
  )
  return { ...job }
}

export function findJob(id: string): ModelJob | null {
  const found = held().get(id)
  return found ? { ...found.job } : null
}

/** Newest first. */
export function listJobs(): ModelJob[] {
  return [...held().values()].map(({ job }) => ({ ...job })).reverse()
}

/** Stops a running job; false when there is none. */
export function cancelJob(id: string): boolean {
  const found = held().get(id)
  if (!found) return false
  found.stop.abort(new Error('Cancelled.'))
  return true
}

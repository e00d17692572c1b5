import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { availableParallelism, cpus, totalmem } from 'node:os'
import { join } from 'node:path'

/** A limit, and which of the numbers has to keep it. */
export type Goal = { of: 'p50' | 'p95' | 'p99' | 'max'; most: number; least?: number }

/** Times of one stage, in milliseconds. */
type Times = { stage: string; sorted: readonly number[]; goal?: Goal }
/** Anything else: a count, a size. */
type Fact = { what: string; result: string; goal: string; isReached?: boolean }

export type Report = {
  times(stage: string, values: readonly number[], goal?: Goal): void
  fact(what: string, result: string, goal?: string, isReached?: boolean): void
  /** Replaces the bench's own part of RESULTS.md. */
  write(): void
}

const marks = ['<!-- calls: begin -->', '<!-- calls: end -->'] as const
const shares = { p50: 0.5, p95: 0.95, p99: 0.99, max: 1 } as const

/** The value that this share of all values does not exceed. */
export function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(sorted.length * share) - 1))] ?? Number.NaN
}

/** What was measured, told while it is measured and written down at the end. */
export function createReport(): Report {
  const stages: Times[] = []
  const facts: Fact[] = []

  return {
    times(stage, values, goal) {
      const row: Times = { stage, sorted: values.toSorted((a, b) => a - b), ...(goal && { goal }) }
      stages.push(row)
      console.log(timesRow(row))
    },
    fact(what, result, goal = '', isReached) {
      const row: Fact = { what, result, goal, ...(isReached !== undefined && { isReached }) }
      facts.push(row)
      console.log(factRow(row))
    },
    write: () => write(stages, facts),
  }
}

function timesRow({ stage, sorted, goal }: Times): string {
  const numbers = Object.values(shares).map(share => Math.round(quantile(sorted, share)))
  return `| ${[stage, sorted.length, ...numbers, goal ? wordsFor(goal) : '', goal ? answer(isKept(sorted, goal)) : ''].join(' | ')} |`
}

function factRow({ what, result, goal, isReached }: Fact): string {
  return `| ${[what, result, goal, isReached === undefined ? '' : answer(isReached)].join(' | ')} |`
}

const answer = (isReached: boolean) => (isReached ? 'yes' : '**no**')

/** Whether these times keep a goal. Nothing measured keeps none. */
export function isKept(sorted: readonly number[], { of, most, least = 0 }: Goal): boolean {
  const value = quantile(sorted, shares[of])
  return value <= most && value >= least
}

const wordsFor = ({ of, most, least }: Goal) => `${of} ${least === undefined ? 'at most' : `${least} to`} ${most}`

function write(stages: readonly Times[], facts: readonly Fact[]): void {
  const file = join(import.meta.dirname, '..', 'RESULTS.md')
  const old = existsSync(file) ? readFileSync(file, 'utf8') : '# What was measured\n'
  const machine = `${availableParallelism()} cores (${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GB, no GPU)`
  const part = [
    marks[0],
    '## Telephone (`npm run bench:calls`)',
    '',
    `Measured ${new Date().toISOString().slice(0, 10)} on ${machine}, Node ${process.versions.node}. A real Asterisk 22 on the generator's files, the voice process, the web process, a second Asterisk with the callers and the recogniser share this machine. The callers' side runs at a higher priority where the system allows it, so that its own lateness is not measured. "Busy ears": as many other utterances are being recognised all the time as there are cores. "Logins": eight clients sign in again and again. Milliseconds.`,
    '',
    '| stage | n | p50 | p95 | p99 | most | goal | reached |',
    '|---|---|---|---|---|---|---|---|',
    ...stages.map(timesRow),
    '',
    '| | result | goal | reached |',
    '|---|---|---|---|',
    ...facts.map(factRow),
    marks[1],
  ].join('\n')
  const [from, to] = [old.indexOf(marks[0]), old.indexOf(marks[1])]
  writeFileSync(
    file,
    from < 0 ? `${old.trimEnd()}\n\n${part}\n` : old.slice(0, from) + part + old.slice(to + marks[1].length),
  )
}

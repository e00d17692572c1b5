import { measuredHere, writePart } from '../results.ts'

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
  writePart({
    name: 'calls',
    title: 'Telephone (`npm run bench:calls`)',
    lines: [
      `${measuredHere()}. A real Asterisk 22 on the generator's files, the voice process, the web process, a second Asterisk with the callers and the recogniser share this machine. The callers' side runs at a higher priority where the system allows it, so that its own lateness is not measured. "Busy ears": as many other utterances are being recognised all the time as there are cores. "Logins": eight clients sign in again and again. Milliseconds.`,
      '',
      '| stage | n | p50 | p95 | p99 | most | goal | reached |',
      '|---|---|---|---|---|---|---|---|',
      ...stages.map(timesRow),
      '',
      '| | result | goal | reached |',
      '|---|---|---|---|',
      ...facts.map(factRow),
    ],
  })
}

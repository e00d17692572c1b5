import { writeFile } from 'node:fs/promises'
import type { EvalCase } from '../lib/screening/contract.ts'
import { plainWords } from '../lib/screening/listener/index.ts'
import { featuresOf } from '../lib/screening/listener/leaning.ts'
import { isHeldOut, readCases } from './talk.ts'

/**
 * `npm run eval:train`: weighs the words of the labelled calls (those that are held out excepted) by whether somebody was in
 * need, and writes what the listener leans on. Says first how well that works on calls that were left out, sixth by sixth.
 */
type Sample = { features: string[]; isNeed: boolean }
type Model = { weights: Map<string, number>; bias: number }

const rounds = 300
const restraint = 0.05
const step = 0.05

const isNeed = ({ allowed }: EvalCase) => allowed.includes('forward')
/** Where both a ring and a message are right there is nothing to learn. */
const isPlain = ({ allowed }: EvalCase) => !(allowed.includes('forward') && allowed.includes('voicemail'))

function sampleOf(test: EvalCase): Sample {
  return { features: [...featuresOf(plainWords(test.says, test.language).all)], isNeed: isNeed(test) }
}

/** Logistic regression, both kinds weighing the same, by Adam over all samples at once: the same calls give the same weights. */
function train(samples: readonly Sample[]): Model {
  const counts = new Map<string, number>()
  for (const { features } of samples) for (const key of features) counts.set(key, (counts.get(key) ?? 0) + 1)
  const keys = [...counts].flatMap(([key, count]) => (count > 1 ? [key] : [])).sort()
  const place = new Map(keys.map((key, i) => [key, i]))
  const rows = samples.map(({ features }) => Int32Array.from(features.flatMap(key => place.get(key) ?? [])))
  const needs = samples.filter(sample => sample.isNeed).length
  const last = keys.length
  const weights = new Float64Array(last + 1)
  const first = new Float64Array(last + 1)
  const second = new Float64Array(last + 1)
  for (let round = 1; round <= rounds; round += 1) {
    const slope = weights.map(weight => (restraint / samples.length) * weight)
    for (const [i, row] of rows.entries()) {
      const scale = row.length > 0 ? 1 / Math.sqrt(row.length) : 0
      let sum = weights[last]!
      for (const key of row) sum += weights[key]! * scale
      const { isNeed: wanted } = samples[i]!
      const share = samples.length / (2 * (wanted ? needs : samples.length - needs))
      const error = (share * (1 / (1 + Math.exp(-sum)) - (wanted ? 1 : 0))) / samples.length
      for (const key of row) slope[key]! += error * scale
      slope[last]! += error
    }
    for (let key = 0; key <= last; key += 1) {
      first[key] = 0.9 * first[key]! + 0.1 * slope[key]!
      second[key] = 0.999 * second[key]! + 0.001 * slope[key]! ** 2
      weights[key]! -=
        (step * (first[key]! / (1 - 0.9 ** round))) / (Math.sqrt(second[key]! / (1 - 0.999 ** round)) + 1e-8)
    }
  }
  return { weights: new Map(keys.map((key, i) => [key, weights[i]!])), bias: weights[last]! }
}

function lean({ weights, bias }: Model, { features }: Sample): number {
  const known = features.flatMap(key => weights.get(key) ?? [])
  const sum = known.reduce((total, weight) => total + weight, 0)
  return known.length < 4 ? 0 : 1 / (1 + Math.exp(-(sum / Math.sqrt(known.length) + bias)))
}

const cases = await readCases(new URL('./calls.jsonl', import.meta.url))
const samples = cases.filter(test => isPlain(test) && !isHeldOut(test)).map(sampleOf)

const folds = 6
const foreign = samples.map(() => 0)
for (let fold = 0; fold < folds; fold += 1) {
  const model = train(samples.filter((_, i) => i % folds !== fold))
  for (const [i, sample] of samples.entries()) if (i % folds === fold) foreign[i] = lean(model, sample)
}
console.log(`${samples.length} calls, each read by a listener that learned without it:`)
console.table(
  [0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7].map(limit => {
    const share = (wanted: boolean) => {
      const of = foreign.filter((_, i) => samples[i]!.isNeed === wanted)
      return `${((100 * of.filter(value => value >= limit).length) / of.length).toFixed(1)} %`
    }
    return { limit, 'needs found': share(true), 'others taken for one': share(false) }
  }),
)

const model = train(samples)
const lines = [...model.weights]
  .map(([key, weight]) => [key, Number(weight.toFixed(2))] as const)
  .map(([key, weight]) => `  ${JSON.stringify(key)}: ${weight},`)
await writeFile(
  new URL('../lib/screening/listener/lexicon/leaning.generated.ts', import.meta.url),
  `/** Made by \`npm run eval:train\` of the labelled calls. */
export const bias = ${model.bias.toFixed(3)}
export const weights: Readonly<Record<string, number>> = {
${lines.join('\n')}
}
`,
)
console.log(`${lines.length} weights written.`)

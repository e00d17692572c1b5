import { readFile, writeFile } from 'node:fs/promises'
import { Command } from 'commander'
import { createEngine } from '../lib/screening/model/engine.ts'
import { priorities } from '../lib/screening/model/queue.ts'
import { costOf, factScores, prices, type Result } from './score.ts'
import { type AskModel, isHeldOut, play, readCases } from './talk.ts'

/** `npm run eval`: plays every labelled call and says what the mistakes cost. Ends with 1 on a forbidden action or a cost 2 % over the baseline. */
const options = new Command('eval')
  .description('Plays the labelled calls of eval/calls.jsonl against the built-in listener or a live model.')
  .option('--model <name>', 'ask this model of a running Ollama')
  .option('--host <url>', 'where Ollama is', process.env.OLLAMA_HOST ?? 'http://localhost:11434')
  .option('--deadline <ms>', 'how long a model may take', '10000')
  .option('--failures', 'print every call that went wrong, except the held-out ones')
  .option('--held-out', 'print the held-out ones too')
  .option('--save', 'make this result the baseline')
  .parse()
  .opts<{ model?: string; host: string; deadline: string; failures?: boolean; heldOut?: boolean; save?: boolean }>()

const baselinePath = new URL('./baseline.json', import.meta.url)
const cases = await readCases(new URL('./calls.jsonl', import.meta.url))

function liveModel(model: string): AskModel {
  const engine = createEngine({ ollamaHost: options.host, ollamaModel: model })
  return (household, turns) =>
    engine.ask({
      household,
      turns,
      model,
      priority: priorities.what_if,
      deadlineAt: Date.now() + Number(options.deadline),
    })
}

const ask = options.model ? liveModel(options.model) : undefined
const results: Result[] = []
for (const test of cases) results.push(await play(test, ask))

const percent = (part: number, whole: number) => (whole === 0 ? '-' : `${Math.round((100 * part) / whole)} %`)

function table(title: string, chosen: readonly Result[]) {
  console.log(`\n${title}: ${chosen.length} calls, cost ${costOf(chosen)}`)
  const tags = [...new Set(chosen.flatMap(({ case: { tags } }) => tags))]
  console.table(
    tags.map(tag => {
      const of = chosen.filter(({ case: test }) => test.tags.includes(tag))
      const right = of.filter(({ case: test, action }) => test.allowed.includes(action)).length
      const forbidden = of.filter(({ isForbidden }) => isForbidden).length
      return { calls: tag, of: of.length, right, share: percent(right, of.length), forbidden, cost: costOf(of) }
    }),
  )
  console.table(factScores(chosen).map(({ fact, right, of }) => ({ fact, right, of, share: percent(right, of) })))
}

table(
  'Open',
  results.filter(({ case: test }) => !isHeldOut(test)),
)
table(
  'Held out',
  results.filter(({ case: test }) => isHeldOut(test)),
)

const mistakes = Object.groupBy(
  results.flatMap(result => result.mistakes),
  mistake => mistake,
)
for (const [mistake, found] of Object.entries(mistakes)) {
  console.log(`${found?.length ?? 0} x ${mistake} (${prices[mistake as keyof typeof prices]} each)`)
}

if (options.failures || options.heldOut) {
  for (const { case: test, action, facts, reason, mistakes: wrong, isForbidden } of results) {
    if ((wrong.length === 0 && !isForbidden) || (isHeldOut(test) && !options.heldOut)) continue
    console.log(
      `\n${test.id}: ${action}${isForbidden ? ' FORBIDDEN' : ''} [${wrong.join(', ')}]\n  ${test.says.join(' // ')}\n  ${reason}\n  ${JSON.stringify(facts)}`,
    )
  }
}

const cost = costOf(results)
const forbidden = results.filter(({ isForbidden }) => isForbidden)
const who = options.model ?? 'listener'
const baseline = JSON.parse(await readFile(baselinePath, 'utf8').catch(() => '{}')) as Record<
  string,
  { calls: number; cost: number }
>
if (options.save) {
  await writeFile(baselinePath, `${JSON.stringify({ ...baseline, [who]: { calls: results.length, cost } }, null, 2)}\n`)
}
const before = options.save ? undefined : baseline[who]
console.log(
  `\n${who}: ${results.length} calls, cost ${cost}${before ? ` (baseline ${before.cost})` : ''}, forbidden actions ${forbidden.length}`,
)
for (const { case: test, action } of forbidden) console.log(`  forbidden: ${test.id} ${action}`)
if (forbidden.length > 0) process.exitCode = 1
if (before && cost / results.length > (before.cost / before.calls) * 1.02) {
  console.log('The cost has risen by more than 2 %.')
  process.exitCode = 1
}

#!/usr/bin/env node
// `npm test`: everything. `npm test -- types unit` only these stages. The last line is `N passed, N failed`.
import { ensureInstalled } from './setup/install.mjs'
import { findNode } from './setup/node.mjs'
import { leave, Sentence } from './setup/stage.mjs'
import { isRequired, missing } from './test/needs.mjs'
import { nothing, runStage } from './test/run-stage.mjs'

async function main() {
  const node = await findNode()
  await ensureInstalled(node)
  const { stages } = await import('./test/stages.mjs')
  const asked = process.argv.slice(2)
  const unknown = asked.find(name => !stages.some(stage => stage.name === name))
  if (unknown) throw new Sentence(`There is no stage ${unknown}: ${stages.map(({ name }) => name).join(', ')}.`)
  const rows = []
  for (const stage of stages) if (asked.length === 0 || asked.includes(stage.name)) rows.push(await one(stage, node))
  summarise(rows)
}

async function one(stage, node) {
  console.log(`\n=== ${stage.name}`)
  const begun = Date.now()
  const lacks = (stage.needs ?? []).map(name => ({ name, sentence: missing(name) })).filter(({ sentence }) => sentence)
  for (const { name, sentence } of lacks) console.log(`!!! ${name}: ${sentence}`)
  const result =
    lacks.length === 0
      ? await runStage(stage, node)
      : { ...nothing, failed: lacks.some(({ name }) => isRequired(name)) ? 1 : 0, isSkipped: true }
  return { name: stage.name, seconds: (Date.now() - begun) / 1000, ...result }
}

function summarise(rows) {
  for (const { name, failures } of rows)
    for (const { title, reason } of failures) console.log([`\n!!! ${name}: ${title}`, ...reason].join('\n    '))
  console.log('\nstage          passed  failed  skipped    time')
  for (const { name, passed, failed, skipped, seconds, isSkipped } of rows) {
    const numbers = [passed, failed, skipped].map(number => String(number).padStart(8)).join('')
    const note = isSkipped ? '  SKIPPED, its parts are missing' : ''
    console.log(`${name.padEnd(13)}${numbers}${`${seconds.toFixed(1)} s`.padStart(10)}${note}`)
  }
  const passed = rows.reduce((sum, row) => sum + row.passed, 0)
  const failed = rows.reduce((sum, row) => sum + row.failed, 0)
  console.log(`\n${passed} passed, ${failed} failed`)
  process.exitCode = failed > 0 ? 1 : 0
}

main().catch(leave)

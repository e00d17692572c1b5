import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathWith, root } from '../setup/stage.mjs'
import { playwrightFailures, vitestFailures } from './failures.mjs'

/** Runs one stage and tells what passed and failed in it. Never throws. */
export async function runStage(stage, node) {
  const folder = mkdtempSync(join(tmpdir(), 'ai-call-test-'))
  const report = join(folder, 'report.json')
  try {
    const isFine = stage.run ? await runOwn(stage, node) : await runCommand(stage, node, report)
    return count(stage, report, isFine)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function runOwn({ run }, node) {
  try {
    await run(node)
    return true
  } catch (error) {
    console.log(error.message)
    return false
  }
}

const reporters = {
  vitest: report => ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
  playwright: () => ['--reporter=line,json'],
}

function runCommand({ command: [program, ...args], counts, minutes }, node, report) {
  const env = { ...pathWith(node), NO_COLOR: '1', PLAYWRIGHT_JSON_OUTPUT_NAME: report }
  delete env.FORCE_COLOR
  return new Promise(resolve => {
    // A group of its own, so that whatever a stage started ends with it.
    const child = spawn(program, [...args, ...(reporters[counts]?.(report) ?? [])], {
      cwd: root,
      env,
      stdio: ['ignore', 'inherit', 'inherit'],
      detached: true,
    })
    const end = () => endGroup(child.pid)
    const timer = setTimeout(() => {
      console.log(`This stage may take ${minutes} minutes and was ended.`)
      end()
    }, minutes * 60_000)
    process.once('SIGINT', end)
    process.once('SIGTERM', end)
    child.on('error', error => {
      console.log(error.message)
      resolve(false)
    })
    child.on('close', code => {
      clearTimeout(timer)
      process.off('SIGINT', end)
      process.off('SIGTERM', end)
      resolve(code === 0)
    })
  })
}

function endGroup(pid) {
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {}
}

/** What a stage that did not run has to say. */
export const nothing = { passed: 0, failed: 0, skipped: 0, failures: [] }

/** The numbers of the runner's report; a run that failed without one, or without naming a failure, is one failure. */
function count({ counts }, report, isFine) {
  const found = counts ? read(counts, report) : { ...nothing, passed: isFine ? 1 : 0 }
  const result = { ...(found ?? nothing) }
  if (!isFine || !found) result.failed = Math.max(result.failed, 1)
  return result
}

function read(counts, report) {
  try {
    const json = JSON.parse(readFileSync(report, 'utf8'))
    if (counts === 'vitest')
      return {
        passed: json.numPassedTests,
        failed: json.numFailedTests,
        skipped: json.numPendingTests + json.numTodoTests,
        failures: vitestFailures(json),
      }
    const { expected, flaky, skipped, unexpected } = json.stats
    return { passed: expected + flaky, failed: unexpected, skipped, failures: playwrightFailures(json) }
  } catch {
    return null
  }
}

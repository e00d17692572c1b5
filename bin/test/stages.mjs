import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { build, isBuilt } from '../setup/build.mjs'
import { root } from '../setup/stage.mjs'

/**
 * What `npm test` does, in this order. A stage is a `command` (counted as one check, or by the report of its test runner when
 * `counts` says which) or a `run(node)`. `needs` names parts of ./needs.mjs; a stage whose part is missing is skipped
 * loudly, or fails when REQUIRE_<PART>=1. `unless` is a file without which there is nothing to run.
 */
export const stages = [
  { name: 'types', command: ['tsc', '--noEmit'], minutes: 5 },
  { name: 'lint', command: ['biome', 'ci', '--colors=off', '.'], minutes: 2 },
  { name: 'unit', command: ['vitest', 'run', '--project', 'unit'], counts: 'vitest', minutes: 14 },
  { name: 'build', run: async node => isBuilt() || build(node), minutes: 5 },
  {
    name: 'process',
    command: ['vitest', 'run', '--project', 'process'],
    counts: 'vitest',
    needs: ['nginx'],
    minutes: 12,
  },
  { name: 'eval', command: ['node', 'eval/run.ts'], unless: 'eval/run.ts', minutes: 3 },
  {
    name: 'browser',
    command: ['playwright', 'test'],
    counts: 'playwright',
    needs: ['chromium'],
    unless: 'playwright.config.ts',
    minutes: 22,
  },
  {
    name: 'calls',
    command: ['vitest', 'run', '--project', 'calls'],
    counts: 'vitest',
    needs: ['asterisk', 'recogniser'],
    unless: 'e2e/asterisk',
    minutes: 30,
  },
  {
    name: 'android',
    command: ['vitest', 'run', '--project', 'android'],
    counts: 'vitest',
    needs: ['java', 'aapt', 'chromium'],
    minutes: 8,
  },
].filter(({ unless }) => !unless || existsSync(join(root, unless)))

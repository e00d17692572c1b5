#!/usr/bin/env node
// `npm start`: everything that a fresh clone needs, then the service. Runs on Node 20 and without packages.
import { spawnSync } from 'node:child_process'
import { build, isBuilt } from './setup/build.mjs'
import { ensureInstalled } from './setup/install.mjs'
import { findNode } from './setup/node.mjs'
import { become, serviceFlags } from './setup/program.mjs'
import { leave, pathWith, root } from './setup/stage.mjs'

async function main() {
  const node = await findNode()
  await ensureInstalled(node)
  if (!isBuilt()) {
    // A wrong setting is said before the minute that building takes.
    const check = spawnSync(node, ['server/check.ts'], { cwd: root, env: pathWith(node), stdio: 'inherit' })
    if (check.status !== 0) process.exit(check.status ?? 1)
    await build(node)
  }
  become(node, [...serviceFlags, 'server/main.ts'], { withChannel: true })
}

main().catch(leave)

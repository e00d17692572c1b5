#!/usr/bin/env node
// `npm run user`, `npm run backup`, ...: one program of bin/, in the Node and with the packages that it needs.
import { ensureInstalled } from './setup/install.mjs'
import { findNode } from './setup/node.mjs'
import { become } from './setup/program.mjs'
import { leave } from './setup/stage.mjs'

async function main() {
  const [program, ...args] = process.argv.slice(2)
  const node = await findNode()
  await ensureInstalled(node)
  become(node, [program, ...args])
}

main().catch(leave)

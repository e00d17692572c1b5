#!/usr/bin/env node
// `npm run build`: only the pages, for images that are built apart from where they run.
import { build } from './setup/build.mjs'
import { ensureInstalled } from './setup/install.mjs'
import { findNode } from './setup/node.mjs'
import { leave } from './setup/stage.mjs'

async function main() {
  const node = await findNode()
  await ensureInstalled(node)
  await build(node)
}

main().catch(leave)

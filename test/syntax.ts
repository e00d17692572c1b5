import { readFileSync } from 'node:fs'
import { extname } from 'node:path'
import { parseAst } from 'vite'

export type Node = { type: string; [name: string]: unknown }

/** Every node of a file's syntax tree, parents before what they hold. */
export function nodesOf(file: string): Generator<Node> {
  return walk(parseAst(readFileSync(file, 'utf8'), { lang: extname(file) === '.tsx' ? 'tsx' : 'ts' }))
}

function* walk(value: unknown): Generator<Node> {
  if (Array.isArray(value)) for (const each of value) yield* walk(each)
  else if (typeof value === 'object' && value !== null) {
    const node = value as Node
    if (typeof node.type === 'string') yield node
    for (const name in node) yield* walk(node[name])
  }
}

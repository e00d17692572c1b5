import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'

/** What a bench has to say: its own part of RESULTS.md, under its own mark. */
export type Part = { name: string; title: string; lines: readonly string[] }

/** The whole text with this part in the place of its last edition, or at the end when there was none. */
export function withPart(text: string, { name, title, lines }: Part): string {
  const [begin, end] = [`<!-- ${name}: begin -->`, `<!-- ${name}: end -->`]
  const part = [begin, `## ${title}`, '', ...lines, end].join('\n')
  const [from, to] = [text.indexOf(begin), text.indexOf(end)]
  return from < 0 || to < from
    ? `${text.trimEnd()}\n\n${part}\n`
    : text.slice(0, from) + part + text.slice(to + end.length)
}

/** Writes the part down. With WRITE=no it is only printed: a machine that is busy measures itself. */
export function writePart(part: Part): void {
  if (process.env.WRITE === 'no') {
    console.log(part.lines.join('\n'))
    return
  }
  const file = join(import.meta.dirname, 'RESULTS.md')
  const old = existsSync(file) ? readFileSync(file, 'utf8') : '# What was measured\n'
  writeFileSync(file, withPart(old, part))
}

/** "Measured <day> on <machine>": how every part begins. */
export function measuredHere(): string {
  const day = new Date().toISOString().slice(0, 10)
  const [core] = cpus()
  const memory = `${Math.round(totalmem() / 2 ** 30)} GB`
  return `Measured ${day} on ${cpus().length} cores (${core?.model.trim()}, ${memory}, no GPU), Node ${process.versions.node}`
}

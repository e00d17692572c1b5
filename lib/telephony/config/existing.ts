import { readFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'

type Section = { name: string; settings: Record<string, string> }

/** What the owner of the files has set in the [general] sections of http.conf, ari.conf and rtp.conf, by file. */
export type Theirs = Record<string, Record<string, string>>

const deepest = 5

/** The sections of one of Asterisk's files, with what it includes, ours left out. A file that cannot be read has none. */
export async function readSections(path: string, own: string): Promise<Section[]> {
  const root = dirname(path)
  const sections: Section[] = []
  await read(path, 0)
  return sections

  async function read(file: string, depth: number): Promise<void> {
    const text = await readFile(file, 'utf8').catch(() => '')
    for (const raw of text.split('\n')) {
      const line = raw.replace(/(^|[^\\]);.*$/, '$1').trim()
      const included = /^#(?:try)?include\s+["<]?([^"<>\s]+)[">]?/.exec(line)?.[1]
      if (included && depth < deepest && !included.startsWith(`${own}/`)) await read(resolve(root, included), depth + 1)
      const [, name] = /^\[([^\]]+)\]/.exec(line) ?? []
      if (name) sections.push({ name, settings: {} })
      const [, key, setting = ''] = /^([\w-]+)\s*=>?\s*(.*)$/.exec(line) ?? []
      if (key && sections.length > 0) sections.at(-1)!.settings[key.toLowerCase()] = setting.trim()
    }
  }
}

/**
 * The UDP transport that pjsip.conf in this folder has on this port, if it is not our own: two cannot share a port, and
 * Asterisk would start without the second.
 */
export async function existingTransport(folder: string, port: number, own: string): Promise<string | null> {
  const sections = await readSections(join(folder, 'pjsip.conf'), own)
  const found = sections.find(({ settings: { type = '', protocol = 'udp', bind = '' } }) => {
    const bound = Number(/:(\d+)$/.exec(bind.replace(/^\[.*\]/, ''))?.[1] ?? 5060)
    return type.toLowerCase() === 'transport' && protocol.toLowerCase() === 'udp' && bound === port
  })
  return found?.name ?? null
}

/** What is set already stays: our own additions to these sections leave it out. */
export async function existingGeneral(folder: string, own: string): Promise<Theirs> {
  const theirs: Theirs = {}
  for (const name of ['http.conf', 'ari.conf', 'rtp.conf']) {
    const general = (await readSections(join(folder, name), own)).filter(section => section.name === 'general')
    theirs[name] = Object.assign({}, ...general.map(({ settings }) => settings))
  }
  return theirs
}

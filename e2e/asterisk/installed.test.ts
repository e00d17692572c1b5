import { execFile } from 'node:child_process'
import { appendFile, chmod, chown, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { fetchAsterisk } from './fetch.ts'
import { createInstance, type Instance } from './instance.ts'
import { type Place, takePlace } from './place.ts'
import { configurationOwner } from './user.ts'
import { eventually } from './waiting.ts'

/**
 * An Asterisk that somebody has had for years, with a configuration of its own: the program writes beside it, says which
 * lines to add, and everything that was there works as before.
 */
const run = promisify(execFile)
let place: Place
let folder: string
let instance: Instance
let settings: Record<string, string>
const password = 'a-password-that-was-chosen'
const etc = () => join(folder, 'pbx/etc')

/** What its owner wrote: no general section in ari.conf, a transport on the port, phones and a dialplan. */
const theirs = () => ({
  'http.conf': `[general]\nenabled = yes\nbindaddr = 127.0.0.1\nbindport = ${place.ariPort}\nprefix =\n`,
  'ari.conf': '; written by hand\n[somebody]\ntype = user\npassword = something-else\n',
  'rtp.conf': `[general]\nrtpstart = ${place.rtpPort}\nrtpend = ${place.rtpPort + 198}\n`,
  'pjsip.conf': `[transport-udp]\ntype = transport\nprotocol = udp\nbind = 127.0.0.1:${place.sipPort}\n
[200]\ntype = endpoint\ntransport = transport-udp\ncontext = house\ndisallow = all\nallow = alaw\naors = 200\n
[200]\ntype = aor\nmax_contacts = 1\n`,
  'extensions.conf':
    '[general]\nstatic = yes\n\n[globals]\nHOUSE = ours\n\n[house]\nexten => 200,1,Dial(PJSIP/200)\nexten => 300,1,Goto(office-in,300,1)\n',
})

/** `npm run asterisk-config`, as a person runs it. */
async function program(...args: string[]): Promise<{ code: number; output: string }> {
  const options = {
    env: {
      NODE_ENV: 'production' as const,
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      LOG_LEVEL: 'error',
      ...settings,
    },
  }
  return run(process.execPath, ['bin/asterisk-config.ts', ...args], options).then(
    ({ stdout }) => ({ code: 0, output: stdout }),
    (error: { code: number; stdout: string; stderr: string }) => ({
      code: error.code,
      output: error.stdout + error.stderr,
    }),
  )
}

beforeAll(async () => {
  await fetchAsterisk()
  place = await takePlace(5)
  folder = await mkdtemp(join(tmpdir(), 'ai-call-installed-'))
  await chmod(folder, 0o711)
  settings = {
    DATA_DIR: join(folder, 'data'),
    ASTERISK_APP: 'office',
    ASTERISK_PASSWORD: password,
    ASTERISK_PORT: String(place.sipPort),
    ASTERISK_ARI_URL: `http://127.0.0.1:${place.ariPort}`,
  }
  const files = Object.entries(theirs()).map(([name, text]) => ({ name, text }))
  // as a package leaves it: every module that there is
  files.push({ name: 'modules.conf', text: '[modules]\nautoload = yes\n' })
  instance = await createInstance({
    folder: join(folder, 'pbx'),
    ariPort: place.ariPort,
    ariUser: 'somebody',
    ariPassword: 'something-else',
    files,
  })
})
afterAll(async () => {
  await instance?.stop('kill')
  place?.free()
  if (folder && !process.env.KEEP_ASTERISK) await rm(folder, { recursive: true, force: true })
})

it('says which lines to add to files that are there, and touches none of them', async () => {
  const { output } = await program('--to', etc(), '--phone', '101')
  expect(output).toContain('transport-udp')
  const lines = [...output.matchAll(/^ {2}(\S+\.conf): {2}(.+)$/gm)].map(([, path, line]) => [path!, line!] as const)
  expect(lines.map(([path, line]) => [path.split('/').at(-1), line])).toEqual([
    ['http.conf', '#include office/http.conf'],
    ['ari.conf', '[general]'],
    ['ari.conf', '#include office/ari.conf'],
    ['pjsip.conf', '#include office/pjsip.conf'],
    ['extensions.conf', '#include office/extensions.conf'],
    ['rtp.conf', '#include office/rtp.conf'],
  ])
  for (const [name, text] of Object.entries(theirs())) expect(await readFile(join(etc(), name), 'utf8')).toBe(text)
  for (const [path, line] of lines) await appendFile(path, `${line}\n`)
  expect((await program('--to', etc(), '--phone', '101')).output).not.toContain('Add at the end')
})

it('lets nobody but the group of Asterisk read its secrets', async () => {
  for (const name of ['office/ari.conf', 'office/pjsip.conf', 'office/extensions.conf']) {
    const { mode, uid, gid } = await stat(join(etc(), name))
    expect([mode & 0o777, uid, gid]).toEqual([0o640, configurationOwner.uid, configurationOwner.gid])
  }
  expect((await stat(etc())).mode & 0o777).toBe(0o750)
})

it('works with all of them: the check finds nothing wrong', async () => {
  await instance.start()
  const { code, output } = await eventually(async () => {
    const result = await program('--check')
    expect(result.output).not.toContain('✗')
    return result
  }, 30_000)
  expect(output).toMatch(/✓ Asterisk:.*\n✓ Modules:.*\n✓ Sound:.*\n✓ Dialplan:/)
  expect(code).toBe(0)
})

it('leaves the phones, the port and the dialplan of the owner as they were', async () => {
  const endpoints = await instance.console('pjsip show endpoints')
  expect(endpoints).toMatch(/Endpoint: +200/)
  expect(endpoints).toMatch(/Endpoint: +101/)
  const transports = await instance.console('pjsip show transports')
  expect(transports).toMatch(new RegExp(`transport-udp +udp .*127\\.0\\.0\\.1:${place.sipPort}`))
  expect(transports).not.toContain('office-udp')
  expect(await instance.console('dialplan show house')).toContain('PJSIP/200')
  expect(await instance.console('dialplan show globals')).toContain('HOUSE=ours')
  expect(await instance.console('http show status')).toContain(`127.0.0.1:${place.ariPort}`)
  expect(await instance.console('rtp show settings')).toContain(String(place.rtpPort + 198))
})

it('takes a call of the owner’s own dialplan, and with nobody connected it goes to the fallback', async () => {
  await instance.console('channel originate Local/300@house application Wait 5')
  await eventually(async () => {
    expect(await instance.console('core show channels verbose')).toContain('office-fallback')
  })
})

it('finds the group in asterisk.conf where the folder is root’s alone', async () => {
  const other = join(folder, 'built')
  await mkdir(other, { mode: 0o755 })
  await writeFile(join(other, 'asterisk.conf'), '')
  await chown(join(other, 'asterisk.conf'), configurationOwner.uid, configurationOwner.gid)
  await program('--to', other)
  const { gid, mode } = await stat(join(other, 'office/ari.conf'))
  expect([gid, mode & 0o777]).toEqual([configurationOwner.gid, 0o640])
  expect((await stat(other)).mode & 0o777).toBe(0o755)
})

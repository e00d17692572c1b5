// biome-ignore-all lint/suspicious/noTemplateCurlyInString: they are the dialplan's own variables
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { diffLines } from './diff.ts'
import { configurationFiles, emergencyNumbers, parseSettings, placeFiles } from './index.ts'
import { keepSecret } from './secrets.ts'

const ari = { user: 'ai_service', password: 'a-long-password' }
const textOf = (settings: unknown, name: string) =>
  configurationFiles(parseSettings(settings)).find(file => file.name === name)?.text ?? ''
const registration = {
  kind: 'registration',
  host: 'sip.example.net',
  user: '4930555',
  password: 'pass;word\\1',
} as const

describe('the written configuration', () => {
  it('keeps trying to register for ever, whatever the provider answers', () => {
    const pjsip = textOf({ ari, country: 'DE', trunk: registration }, 'ai-call/pjsip.conf')
    expect(pjsip).toContain('max_retries = 4000000000')
    expect(pjsip).toContain('auth_rejection_permanent = no')
    expect(pjsip).toContain('forbidden_retry_interval = 300')
    expect(pjsip).toContain('contact_user = s')
  })

  it('lets no secret begin a comment or a line of its own', () => {
    expect(textOf({ ari, country: 'DE', trunk: registration }, 'ai-call/pjsip.conf')).toContain(
      'password = pass\\;word\\\\1',
    )
    expect(() =>
      parseSettings({ ari, country: 'DE', trunk: { ...registration, password: 'long enough\n[evil]' } }),
    ).toThrow(/trunk.password/)
  })

  it('sets the limit before the assistant gets the call, and has a fallback behind it', () => {
    const dialplan = textOf({ ari, country: 'DE' }, 'ai-call/extensions.conf')
    expect(dialplan.indexOf('TIMEOUT(absolute)')).toBeLessThan(dialplan.indexOf('Stasis('))
    expect(dialplan).toContain('"${STASISSTATUS}"="FAILED"]?ai-call-fallback,s,1')
  })

  it('sends emergency numbers of phones to the trunk, and refuses them to the assistant', () => {
    for (const [country, number] of [
      ['DE', '110'],
      ['US', '911'],
      ['GB', '999'],
      ['AU', '000'],
    ]) {
      const dialplan = textOf({ ari, country, trunk: registration }, 'ai-call/extensions.conf')
      expect(emergencyNumbers(country!)).toContain(number)
      expect(dialplan.slice(dialplan.indexOf('[ai-call-phones]'))).toContain(`Dial(PJSIP/${number}@ai-call-trunk,120)`)
      expect(dialplan).toContain(`exten => ${number},1,Hangup(21)`)
    }
  })

  it('knows an extension that is an emergency number, ports that are none, and a fallback that nobody has', () => {
    const phones = [{ extension: '112', password: 'long-enough' }]
    expect(() => parseSettings({ ari, country: 'DE', phones })).toThrow(/emergency number in DE/)
    expect(() => parseSettings({ ari, country: 'DE', rtp: { from: 20_000, to: 10_000 } })).toThrow(/rtp.to/)
    expect(() => parseSettings({ ari, country: 'DE', fallbackPhone: '100' })).toThrow(/fallbackPhone/)
    expect(() => parseSettings({ ari, country: 'Germany' })).toThrow(/country/)
  })

  it('binds ARI beyond loopback only when it is said who may come in', () => {
    expect(() => parseSettings({ ari: { ...ari, bind: '0.0.0.0' }, country: 'DE' })).toThrow(/permit/)
    const text = textOf(
      { ari: { ...ari, bind: '0.0.0.0', permit: ['192.168.1.5'] }, country: 'DE' },
      'ai-call/ari.conf',
    )
    expect(text).toContain('permit = 192.168.1.5')
    expect(textOf({ ari, country: 'DE' }, 'ai-call/http.conf')).toContain('bindaddr = 127.0.0.1')
  })

  it('leaves trunks and telephones to FreePBX', () => {
    const files = configurationFiles(parseSettings({ ari, country: 'DE', platform: 'freepbx', fallbackPhone: '200' }))
    expect(files.map(({ name }) => name)).toEqual([
      'ai-call/ari_additional_custom.conf',
      'ari_additional_custom.conf',
      'ai-call/extensions_custom.conf',
      'extensions_custom.conf',
    ])
    expect(files[0]!.text).not.toContain('[general]')
    expect(files[2]!.text).toContain('Local/200@from-internal/n')
  })
})

describe('placing the files', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ai-call-place-'))
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))
  const files = (country: string) => configurationFiles(parseSettings({ ari, country }))

  it('writes what is missing, readable for the group alone, and a second time nothing', async () => {
    const first = await placeFiles(folder, files('DE'), { replacesOwn: false })
    expect(first.written).toContain('ai-call/ari.conf')
    expect((await stat(join(folder, 'ai-call/ari.conf'))).mode & 0o777).toBe(0o640)
    const second = await placeFiles(folder, files('DE'), { replacesOwn: false })
    expect(second).toMatchObject({ written: [], differing: [], includes: [] })
  })

  it("never touches other people's files: it names the line they need", async () => {
    await writeFile(join(folder, 'pjsip.conf'), '[mine]\ntype = endpoint\n')
    const placed = await placeFiles(folder, files('DE'), { replacesOwn: true })
    expect(placed.includes).toEqual([{ name: 'pjsip.conf', lines: ['#include ai-call/pjsip.conf'] }])
    expect(await readFile(join(folder, 'pjsip.conf'), 'utf8')).toBe('[mine]\ntype = endpoint\n')
    await writeFile(join(folder, 'pjsip.conf'), '[mine]\ntype = endpoint\n#include ai-call/pjsip.conf\n')
    expect((await placeFiles(folder, files('DE'), { replacesOwn: true })).includes).toEqual([])
  })

  it('shows how its own files differ and replaces them only when asked', async () => {
    await placeFiles(folder, files('DE'), { replacesOwn: false })
    const kept = await placeFiles(folder, files('US'), { replacesOwn: false })
    expect(kept.differing.map(({ name }) => name)).toEqual(['ai-call/extensions.conf'])
    expect(kept.differing[0]!.diff).toMatch(/^\+ exten => 911/m)
    const replaced = await placeFiles(folder, files('US'), { replacesOwn: true })
    expect(replaced.written).toEqual(['ai-call/extensions.conf'])
  })

  it('shows no password in a difference', () => {
    expect(diffLines('password = old-secret\nuser = a', 'password = new-secret\nuser = a')).toBe(
      '- password = ***\n+ password = ***',
    )
  })

  it('makes a secret once and keeps it for the owner alone', async () => {
    const file = join(folder, 'secrets.json')
    let made = 0
    const make = () => `secret-${++made}`
    expect(await keepSecret(file, 'ari', make)).toBe('secret-1')
    expect(await keepSecret(file, 'phone-100', make)).toBe('secret-2')
    expect(await keepSecret(file, 'ari', make)).toBe('secret-1')
    expect((await stat(file)).mode & 0o777).toBe(0o600)
  })
})

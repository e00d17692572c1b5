import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { existingGeneral, existingTransport, readSections } from './existing.ts'
import { configurationFiles, parseSettings } from './index.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ai-call-existing-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))
const write = (name: string, text: string) => writeFile(join(folder, name), text)
const ari = { user: 'ai_service', password: 'a-long-password' }
const textOf = (name: string, theirs = {}, settings = {}) =>
  configurationFiles(parseSettings({ ari, country: 'DE', ...settings }), theirs).find(file => file.name === name)?.text

it('reads sections with what they include, without comments, and without what is ours', async () => {
  await mkdir(join(folder, 'more'))
  await write('more/phones.conf', '[200]\ntype=endpoint ; the kitchen\n')
  await write('ours.conf', '[never]\n')
  await write(
    'pjsip.conf',
    '; [no]\n[one](!)\nbind = 0.0.0.0:5060\nsecret => a\\;b\n#include "more/phones.conf"\n#tryinclude missing.conf\n#include office/pjsip.conf\n',
  )
  expect(await readSections(join(folder, 'pjsip.conf'), 'office')).toEqual([
    { name: 'one', settings: { bind: '0.0.0.0:5060', secret: 'a\\;b' } },
    { name: '200', settings: { type: 'endpoint' } },
  ])
})

it('does not follow files that include each other for ever', async () => {
  await write('pjsip.conf', '[a]\n#include pjsip.conf\n')
  expect((await readSections(join(folder, 'pjsip.conf'), 'x')).length).toBeLessThan(10)
})

it.each([
  ['0.0.0.0', 5060, 'mine'],
  ['0.0.0.0:5080', 5080, 'mine'],
  ['[::]:5080', 5080, 'mine'],
  ['[::]', 5060, 'mine'],
  ['0.0.0.0:5080', 5060, null],
])('finds a transport bound to %s when port %i is wanted', async (bind, port, found) => {
  await write('pjsip.conf', `[mine]\ntype = transport\nprotocol = udp\nbind = ${bind}\n`)
  expect(await existingTransport(folder, port, 'ai-call')).toBe(found)
})

it('finds no transport of another protocol, and none where there is no file', async () => {
  expect(await existingTransport(folder, 5060, 'ai-call')).toBeNull()
  await write('pjsip.conf', '[mine]\ntype = transport\nprotocol = tls\nbind = 0.0.0.0:5060\n')
  expect(await existingTransport(folder, 5060, 'ai-call')).toBeNull()
})

it('uses that transport for trunk and phones, and writes none of its own', () => {
  const phones = [{ extension: '100', password: 'long-enough' }]
  const trunk = { kind: 'registration', host: 'sip.example.net', user: '4930555', password: 'long-enough' }
  const text = textOf('ai-call/pjsip.conf', {}, { sip: { transport: 'mine' }, phones, trunk })
  expect(text).not.toContain('type = transport')
  expect(text!.match(/^transport = mine$/gm)).toHaveLength(3)
})

it('changes nothing that the owner of the files has set, except that it is switched on', async () => {
  await write('http.conf', '[general]\nenabled = no\nbindaddr = 0.0.0.0\nbindport = 8090\n')
  const theirs = await existingGeneral(folder, 'ai-call')
  const text = textOf('ai-call/http.conf', theirs)
  expect(text).toContain('[general](+)\nenabled = yes\n')
  expect(text).not.toMatch(/bindaddr|bindport/)
  expect(textOf('ai-call/ari.conf', { 'ari.conf': { password: 'x' } })).toContain('password = a-long-password')
})

it('puts the name of the service before everything that it has in Asterisk', () => {
  const phones = [{ extension: '100', password: 'long-enough' }]
  const trunk = { kind: 'address', host: '192.0.2.1', from: ['192.0.2.1'] }
  const files = configurationFiles(parseSettings({ app: 'office', ari, country: 'DE', phones, trunk }))
  const own = files.filter(({ name }) => name.startsWith('office/'))
  expect(own).toHaveLength(5)
  for (const { text } of files) expect(text).not.toContain('ai-call')
  expect(textOf('office/extensions.conf', {}, { app: 'office', trunk })).toMatch(/Stasis\(office,/)
})

it.each(['', 'Office', '1office', 'office-', 'two words', 'a,b', 'x'.repeat(40)])('refuses the name "%s"', app => {
  expect(() => parseSettings({ app, ari, country: 'DE' })).toThrow(/app/)
})

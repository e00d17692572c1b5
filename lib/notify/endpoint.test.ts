import { describe, expect, it } from 'vitest'
import { isPrivateAddress, parseEndpoint, publicLookup } from './endpoint.ts'

describe('addresses that a stranger may not send us to', () => {
  it.each([
    '127.0.0.1',
    '127.8.9.1',
    '10.1.2.3',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
    '::1',
    '::',
    'fe80::1',
    'fd00::1',
    'ff02::1',
    '::ffff:127.0.0.1',
    '::ffff:10.0.0.1',
    '::ffff:7f00:1',
    '64:ff9b::a00:1',
    '2002:7f00:1::',
    'not an address',
    '',
  ])('%s is private', address => expect(isPrivateAddress(address)).toBe(true))

  it.each(['8.8.8.8', '172.15.0.1', '172.32.0.1', '2606:4700:4700::1111', '::ffff:8.8.8.8'])('%s is public', address =>
    expect(isPrivateAddress(address)).toBe(false),
  )

  it.each([
    ['http://push.example.com/x', 'begin with https'],
    ['https://127.0.0.1/x', 'public internet'],
    ['https://[::1]/x', 'public internet'],
    ['https://[::ffff:10.0.0.1]/x', 'public internet'],
    ['https://2130706433/x', 'public internet'],
    ['https://0x7f.1/x', 'public internet'],
    ['https://localhost/x', 'public internet'],
    ['https://printer.local/x', 'public internet'],
    ['https://intranet/x', 'public internet'],
    ['https://user:pass@push.example.com/', 'user name or password'],
    ['ftp://push.example.com/', 'begin with https'],
    ['file:///etc/passwd', 'not a URL'],
    ['nonsense', 'not a URL'],
  ])('refuses %s', (text, sentence) => {
    expect(() => parseEndpoint(text, { allowsPrivate: false })).toThrow(sentence)
  })

  it('lets an administrator send webhooks into the house, but never to a file', () => {
    expect(parseEndpoint('http://192.168.1.20:8123/api/webhook/call', { allowsPrivate: true }).port).toBe('8123')
    expect(() => parseEndpoint('file:///etc/passwd', { allowsPrivate: true })).toThrow()
  })

  it('refuses a public-looking name that leads to a private address when it connects', async () => {
    const error = await new Promise(resolve => publicLookup('localhost', {}, resolve))
    expect(String(error)).toContain('private address')
  })
})

import { expect, test } from 'vitest'
import { isScript } from './front-door.ts'
import { pageHeaders } from './page-headers.ts'

test('a script runs only with the nonce of its own page', () => {
  const csp = pageHeaders('abc')['content-security-policy']
  expect(csp).toContain("script-src 'self' 'nonce-abc' 'strict-dynamic';")
  expect(csp).not.toContain('unsafe-eval')
  expect(csp).toContain("frame-ancestors 'none'")
})

test('https is remembered only where the public address is https', () => {
  expect(pageHeaders('a')).not.toHaveProperty('strict-transport-security')
  expect(pageHeaders('a', { isHttps: true })).toHaveProperty('strict-transport-security')
})

test('curl is a script; a browser, and navigating inside a page, are not', () => {
  const asked = (method: string, headers: Record<string, string>) => isScript(method, name => headers[name])
  expect(asked('GET', { accept: '*/*' })).toBe(true)
  expect(asked('HEAD', {})).toBe(true)
  expect(asked('GET', { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' })).toBe(false)
  expect(asked('GET', { accept: '*/*', rsc: '1' })).toBe(false)
  expect(asked('POST', {})).toBe(false)
})

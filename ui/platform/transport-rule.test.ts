import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { judgeTransport } from './transport-rule.ts'

const table = readFileSync('android/app/src/test/resources/transport-rule.txt', 'utf8')
  .split('\n')
  .filter(line => line && !line.startsWith('#'))
  .map(line => {
    const space = line.indexOf(' ')
    return [line.slice(space + 1), line.slice(0, space)] as const
  })

describe('the transport rule', () => {
  it('has a table worth the name', () => expect(table.length).toBeGreaterThan(30))
  it.each(table)('judges %s as %s, like the Java of the app', (address, verdict) =>
    expect(judgeTransport(address)).toBe(verdict),
  )
})

import { expect, test } from 'vitest'
import { startSentence } from './sentence.ts'

const place = { port: 8000, dataDir: '/srv/data' }
const fault = (code: string, rest: object = {}) => Object.assign(new Error(code), { code, ...rest })

test.each(['EADDRINUSE', 'EACCES', 'EROFS', 'ENOTDIR', 'ENOSPC', 'SQLITE_CANTOPEN', 'SQLITE_NOTADB', 'ECONNREFUSED'])(
  '%s is one sentence that says what to do',
  code => {
    const sentence = startSentence(fault(code), place)
    expect(sentence).toMatch(/^[A-Z].*\.$/)
    expect(sentence).not.toContain('\n')
  },
)

test('a port below 1024 is not confused with a folder', () => {
  const error = fault('EACCES', { message: 'listen EACCES: permission denied 0.0.0.0:80', syscall: 'listen' })
  expect(startSentence(error, place)).toContain('Port 8000')
})

test('a fault of ours has no sentence', () => {
  expect(startSentence(new TypeError('x is undefined'), place)).toBeNull()
})

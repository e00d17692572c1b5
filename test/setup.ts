import { format } from 'node:util'
import { afterEach, beforeEach } from 'vitest'

// An unexpected console.error fails the test that made it. A test that expects one replaces it with vi.spyOn(console, 'error').
process.env.LOG_LEVEL ??= 'silent'

let unexpected: string[] = []
const print = console.error

beforeEach(() => {
  unexpected = []
  console.error = (...words: unknown[]) => {
    unexpected.push(format(...words))
    print(...words)
  }
})

afterEach(() => {
  console.error = print
  if (unexpected.length > 0) throw new Error(`Unexpected console.error: ${unexpected.join('\n')}`)
})

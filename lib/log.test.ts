import { DrizzleQueryError } from 'drizzle-orm/errors'
import { describe, expect, it } from 'vitest'
import { describeError, maskNumber } from './log.ts'

describe('the log', () => {
  it('keeps what went wrong and where, and none of the values of a failed query', () => {
    const cause = Object.assign(new Error('duplicate key'), {
      code: '23505',
      detail: 'Key (username_key)=(anna) already exists.',
    })
    const error = new DrizzleQueryError('insert into users values ($1)', ['+49301234567', '$argon2id$secret'], cause)
    const kept = describeError(error)
    expect(kept.message).toBe('Failed query: insert into users values ($1)')
    expect(kept.cause).toMatchObject({ message: 'duplicate key', code: '23505' })
    expect(kept.stack).toContain('log.test.ts')
    expect(JSON.stringify(kept)).not.toMatch(/4930|argon2id|anna/)
  })

  it('takes whatever is thrown', () => {
    expect(describeError('a text')).toEqual({ type: 'string', message: 'a text' })
    expect(describeError(undefined).type).toBe('undefined')
    const loop = new Error('loop')
    loop.cause = loop
    expect(() => JSON.stringify(describeError(loop))).not.toThrow()
  })

  it('shows enough of a number to recognise it, and not enough to call it', () => {
    expect(maskNumber('+49 30 1234567')).toBe('+4930*****67')
    expect(maskNumber('112')).toBe('***')
    expect(maskNumber('')).toBe('')
  })
})

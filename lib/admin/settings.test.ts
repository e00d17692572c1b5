import { expect, it } from 'vitest'
import { run } from '#db/open.ts'
import { asking, bearer } from '../../test/asking.ts'
import { database } from '../database.ts'
import { readSettings } from './index.ts'

const { ask, newChief } = asking()

it('Settings are kept, also "for ever", and what is not understood counts as unset', async () => {
  const chief = await newChief()
  const change = (body: object) => ask('PATCH', '/api/v1/settings', body, bearer(chief.token))
  expect(JSON.parse((await change({})).text)).toMatchObject({ registration: 'open', recordingRetentionDays: 90 })
  expect((await change({ recordingRetentionDays: null, callRetentionDays: 30, registration: 'invite' })).status).toBe(
    200,
  )
  expect(await readSettings()).toMatchObject({
    recordingRetentionDays: null,
    callRetentionDays: 30,
    registration: 'invite',
  })
  for (const wrong of [
    { registration: 'all' },
    { callRetentionDays: 0 },
    { callRetentionDays: '30' },
    { serviceName: ' ' },
  ]) {
    expect((await change(wrong)).status).toBe(422)
  }
  const db = await database()
  const { settings } = db.tables
  await db.write(function* (tx) {
    yield* run(tx.update(settings).set({ value: { is: 'somehow' } }))
  })
  expect(await readSettings(Date.now() + 2000)).toMatchObject({ registration: 'open', recordingRetentionDays: 90 })
})

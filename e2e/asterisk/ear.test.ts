import { expect, it } from 'vitest'
import { sentTimes } from './ear.ts'

it('knows that frames which were read at once were sent one after the other', () => {
  expect(sentTimes([0, 20, 140, 140, 140, 140, 160])).toEqual([0, 20, 80, 100, 120, 140, 160])
})

it('takes frames that came late, and go on at their own pace, for a gap', () => {
  expect(sentTimes([0, 20, 140, 160, 180])).toEqual([0, 20, 140, 160, 180])
})

import { once } from 'node:events'
import { createServer } from 'node:net'
import { expect, it } from 'vitest'
import { takePlace } from './place.ts'

const far = 300

it('gives two runs that want the same place two places', async () => {
  const first = await takePlace(far)
  const second = await takePlace(far)
  expect([first.index, second.index]).toEqual([far, far + 10])
  expect(second.ariPort).not.toBe(first.ariPort)
  first.free()
  second.free()
})

it('goes around what an interrupted run left on its ports, and leaves it alone', async () => {
  const { ariPort, free } = await takePlace(far)
  free()
  const leftover = createServer().listen(ariPort + 1, '127.0.0.1')
  await once(leftover, 'listening')
  const place = await takePlace(far)
  expect(place.index).toBe(far + 10)
  expect(leftover.listening).toBe(true)
  place.free()
  leftover.close()
})

import { readFile } from 'node:fs/promises'
import { test as base, expect } from '@playwright/test'
import { compare } from '../pictures/likeness.ts'
import { fileOf, pictures, type Size, schemes, sizes } from '../pictures/pages.ts'
import { openStudio, type Studio } from '../pictures/studio.ts'

/** Squares of 8 by 8 pixels that may differ: about the room of one small icon. */
const mayDiffer = 6

const test = base.extend<object, { studio: Studio }>({
  studio: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names out of this pattern
    async ({}, use) => {
      const studio = await openStudio()
      await use(studio)
      await studio.close()
    },
    { scope: 'worker', timeout: 120_000 },
  ],
})

for (const picture of pictures)
  for (const size of Object.keys(sizes) as Size[])
    test(`${picture.name} looks as in its pictures, ${size}`, async ({ studio }, info) => {
      for (const scheme of schemes) {
        const file = fileOf(picture.name, size, scheme)
        const now = await studio.shoot(picture, size, scheme)
        const { unlike, trouble, marked } = await compare(await readFile(`docs/screenshots/${file}`), now)
        if (unlike > mayDiffer || trouble) {
          await info.attach(file, { body: now, contentType: 'image/png' })
          await info.attach(`marked-${file}`, { body: marked, contentType: 'image/png' })
        }
        const advice = `When that is meant: npm run screenshots -- --only ${picture.name}`
        expect.soft(trouble, advice).toBe(null)
        expect.soft(unlike, `${file}: squares that look different. ${advice}`).toBeLessThanOrEqual(mayDiffer)
      }
    })

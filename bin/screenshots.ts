import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Command } from 'commander'
import sharp from 'sharp'
import { fileOf, pictures, type Size, schemes, sizes } from '../e2e/pictures/pages.ts'
import { openStudio } from '../e2e/pictures/studio.ts'

const options = new Command('screenshots')
  .description(
    'Photographs every page of a service of its own; the browser tests compare the pages with these pictures',
  )
  .option('--out <folder>', 'where the pictures go', 'docs/screenshots')
  .option('--only <names>', 'some pages, separated by commas')
  .option('--language <language>', 'en or de', 'en')
  .parse()
  .opts<{ out: string; only?: string; language: string }>()

const language = options.language === 'de' ? 'de' : 'en'
const wanted = options.only?.split(',')

/** As few bytes as the eye allows: a page has few colours. */
const small = (png: Buffer) => sharp(png).png({ palette: true, quality: 90, effort: 10, dither: 0 }).toBuffer()

await mkdir(options.out, { recursive: true })
const studio = await openStudio({ language })
try {
  for (const picture of pictures) {
    if (wanted && !wanted.includes(picture.name)) continue
    for (const size of Object.keys(sizes) as Size[])
      for (const scheme of schemes) {
        const made = await small(await studio.shoot(picture, size, scheme))
        await writeFile(join(options.out, fileOf(picture.name, size, scheme)), made)
        // What a browser shows when it offers to install the dashboard.
        if (picture.name === 'inbox' && scheme === 'light' && language === 'en')
          await writeFile(`public/icons/screenshot-${size === 'phone' ? 'narrow' : 'wide'}.png`, made)
      }
  }
} finally {
  await studio.close()
}

// `npm run icons`: every icon of the web and the Android app from the one drawing, app/icon.svg, rendered by Chromium.
import { mkdir, readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { chromium } from '@playwright/test'

const background = '#0e7c6b'
const source = await readFile('app/icon.svg', 'utf8')
const glyph = source.replace(/<rect[^>]*\/>/, '')
const square = source.replace(/ rx="\d+"/, '')

type Icon = { path: string; size: number; svg: string; scale?: number; background?: string; isRound?: boolean }

/** Android's launcher densities: 48 dp at each; adaptive foregrounds are 108 dp of which the middle 66 are safe. */
const densities = { mdpi: 1, hdpi: 1.5, xhdpi: 2, xxhdpi: 3, xxxhdpi: 4 }
const icons: Icon[] = [
  { path: 'public/icons/icon-192.png', size: 192, svg: source },
  { path: 'public/icons/icon-512.png', size: 512, svg: source },
  // A maskable icon may be cut to any shape: the drawing stays inside the middle four fifths.
  { path: 'public/icons/maskable-512.png', size: 512, svg: glyph, scale: 0.72, background },
  { path: 'public/icons/apple-180.png', size: 180, svg: square },
  { path: 'public/icons/badge-96.png', size: 96, svg: glyph, scale: 1.2 },
  ...Object.entries(densities).flatMap(([name, factor]): Icon[] => {
    const folder = `android/app/src/main/res/mipmap-${name}`
    return [
      { path: `${folder}/ic_launcher.png`, size: 48 * factor, svg: source },
      { path: `${folder}/ic_launcher_round.png`, size: 48 * factor, svg: square, isRound: true },
      { path: `${folder}/ic_launcher_foreground.png`, size: 108 * factor, svg: glyph, scale: 0.56 },
    ]
  }),
]

const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium'
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
const page = await browser.newPage()
for (const { path, size, svg, scale = 1, background: fill = 'transparent', isRound } of icons) {
  const inner = Math.round(size * scale)
  const image = `<img src="data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}" width="${inner}" height="${inner}">`
  const box = `width:${size}px;height:${size}px;display:grid;place-items:center;overflow:hidden;background:${fill};border-radius:${isRound ? '50%' : '0'}`
  await page.setViewportSize({ width: size, height: size })
  await page.setContent(`<body style="margin:0"><div style="${box}">${image}</div>`)
  await mkdir(dirname(path), { recursive: true })
  await page.screenshot({ path, omitBackground: true })
}
await browser.close()
console.log(`${icons.length} icons written`)

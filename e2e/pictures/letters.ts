import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { BrowserContext } from '@playwright/test'

const find = createRequire(import.meta.url).resolve
const files = [
  'inter-latin-wght-normal.woff2',
  // The dotless i of Frau Yıldız.
  'inter-latin-ext-wght-normal.woff2',
]

/**
 * The pages use the system's font, and no two systems have the same one. For a picture they all get this one, by script,
 * because the pages' policy allows neither foreign styles nor foreign fonts.
 */
export async function bringLetters(context: BrowserContext): Promise<void> {
  const fonts = files.map(file => readFileSync(find(`@fontsource-variable/inter/files/${file}`)).toString('base64'))
  await context.addInitScript(given => {
    for (const font of given) {
      const bytes = Uint8Array.from(atob(font), letter => letter.charCodeAt(0))
      document.fonts.add(new FontFace('Picture', bytes, { weight: '100 900' }))
    }
    const sheet = new CSSStyleSheet()
    // Its tabular figures come with tabular commas, which systems' fonts do not have.
    sheet.replaceSync('html { font-family: Picture, sans-serif !important; font-feature-settings: normal !important }')
    document.adoptedStyleSheets = [sheet]
  }, fonts)
}

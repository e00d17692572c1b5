import { type Browser, type BrowserContextOptions, chromium } from '@playwright/test'

/** The system's Chromium, without anything that would reach out of this machine. */
export const chromiumArgs = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Letters look the same wherever they are drawn.
  '--font-render-hinting=none',
  '--disable-lcd-text',
  '--force-color-profile=srgb',
]
export const chromiumPath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium'

export const launchBrowser = (args: readonly string[] = []): Promise<Browser> =>
  chromium.launch({ executablePath: chromiumPath, args: [...chromiumArgs, ...args] })

export const phone = { width: 390, height: 844 }
export const desktop = { width: 1440, height: 900 }

export const contextOf = (size: typeof phone, scheme: 'light' | 'dark' = 'light'): BrowserContextOptions => ({
  viewport: size,
  colorScheme: scheme,
  hasTouch: size.width < 500,
  locale: 'en-GB',
  timezoneId: 'Europe/Berlin',
  reducedMotion: 'reduce',
})

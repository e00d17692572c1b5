import type { Page } from '@playwright/test'

export const sizes = { phone: { width: 390, height: 844 }, desktop: { width: 1440, height: 900 } } as const
export const schemes = ['light', 'dark'] as const
export type Size = keyof typeof sizes
export type Scheme = (typeof schemes)[number]

export type Picture = {
  name: string
  path: string | Record<Size, string>
  /** Who looks: the owner of a full household, somebody who has just come, nobody yet. */
  who: 'owner' | 'newcomer' | 'stranger'
  /** As long as its content, at every size or at one; else what fits on the screen. */
  isWhole?: true | Size
  prepare?(page: Page): Promise<void>
}

const open = (name: RegExp) => async (page: Page) => {
  await page.getByRole('button', { name }).first().click()
  await page.locator('[role=dialog], [role=alertdialog]').waitFor()
}

/** The running call above the list comes by itself, a moment after the list. */
const untilSpeaking = (page: Page) => page.getByText(/“…/).waitFor()

/** Every page and the windows that matter: what docs/screenshots shows and what the browser tests compare with it. */
export const pictures: readonly Picture[] = [
  { name: 'login', path: '/login', who: 'stranger' },
  { name: 'register', path: '/register', who: 'stranger' },
  { name: 'setup', path: '/setup', who: 'stranger' },
  { name: 'welcome', path: '/welcome', who: 'newcomer', isWhole: true },
  { name: 'inbox', path: { phone: '/inbox', desktop: '/inbox/seed-1' }, who: 'owner', prepare: untilSpeaking },
  { name: 'inbox-empty', path: '/inbox', who: 'newcomer' },
  { name: 'call', path: { phone: '/inbox/seed-1', desktop: '/inbox/seed-2' }, who: 'owner', isWhole: 'phone' },
  { name: 'live', path: '/live', who: 'owner' },
  { name: 'try', path: '/try', who: 'owner' },
  { name: 'people', path: '/people', who: 'owner' },
  { name: 'person', path: '/people', who: 'owner', prepare: open(/^(Add person|Person hinzufügen)$/) },
  { name: 'rules', path: '/rules', who: 'owner', isWhole: true },
  { name: 'rule', path: '/rules', who: 'owner', prepare: open(/^(Add rule|Regel hinzufügen)$/) },
  { name: 'voice', path: '/voice', who: 'owner', isWhole: true },
  { name: 'overview', path: '/overview', who: 'owner', isWhole: true },
  { name: 'settings', path: '/settings', who: 'owner', isWhole: true },
  { name: 'admin', path: '/admin', who: 'owner', isWhole: true },
  { name: 'missing', path: '/no-such-page', who: 'owner' },
]

export const fileOf = (name: string, size: Size, scheme: Scheme) =>
  `${name}-${size}${scheme === 'dark' ? '-dark' : ''}.png`

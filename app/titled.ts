import type { Metadata } from 'next'
import type { PlainKey } from '#ui/strings/catalogue.tsx'
import { de } from '#ui/strings/de/index.ts'
import { en } from '#ui/strings/en/index.ts'
import { pageLanguage } from './viewer.ts'

/** The page's title in the person's language. */
export const titled = (key: PlainKey) => async (): Promise<Metadata> => ({
  title: (await pageLanguage()) === 'de' ? de[key] : en[key],
})

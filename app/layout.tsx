import './globals.css'
import type { Metadata, Viewport } from 'next'
import type { ReactNode } from 'react'
import { Providers } from './providers.tsx'
import { pageLanguage, viewer } from './viewer.ts'

export const metadata: Metadata = {
  title: { default: 'AI Call Service', template: '%s · AI Call Service' },
  description: 'A phone line that answers for you, on your own machine.',
  applicationName: 'AI Call Service',
  robots: { index: false, follow: false },
  formatDetection: { telephone: false },
}

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  viewportFit: 'cover',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#faf9f7' },
    { media: '(prefers-color-scheme: dark)', color: '#121417' },
  ],
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  const [language, known] = await Promise.all([pageLanguage(), viewer()])
  return (
    <html lang={language}>
      <body>
        <Providers language={language} timeZone={known?.account.timeZone ?? 'UTC'} now={Date.now()}>
          {children}
        </Providers>
      </body>
    </html>
  )
}

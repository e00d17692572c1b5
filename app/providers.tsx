'use client'

import type { ReactNode } from 'react'
import { ClientProvider } from '#ui/api/context.tsx'
import { PlaceProvider } from '#ui/platform/clock.tsx'
import type { Language } from '#ui/strings/catalogue.tsx'
import { StringsProvider } from '#ui/strings/provider.tsx'
import { WebPlatform } from './web-platform.tsx'
import { Worker } from './worker.tsx'

type ProvidersProps = { language: Language; timeZone: string; now: number; children: ReactNode }

export function Providers({ language, timeZone, now, children }: ProvidersProps) {
  return (
    <WebPlatform>
      <StringsProvider language={language}>
        <PlaceProvider timeZone={timeZone} now={now}>
          <ClientProvider>{children}</ClientProvider>
          <Worker />
        </PlaceProvider>
      </StringsProvider>
    </WebPlatform>
  )
}

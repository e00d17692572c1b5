'use client'

import type { ComponentProps } from 'react'
import { CacheProvider } from '#ui/api/provider.tsx'
import { Frame } from '#ui/screens/frame.tsx'

/** What was read is kept while one goes from page to page, and only behind the door. */
export function AppFrame(props: ComponentProps<typeof Frame>) {
  return (
    <CacheProvider>
      <Frame {...props} />
    </CacheProvider>
  )
}

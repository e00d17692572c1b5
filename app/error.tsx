'use client'

import { Problem } from '#ui/parts/state.tsx'

/** What a page shows when the server could not make it. */
export default function PageError({ error, reset }: { error: Error; reset: () => void }) {
  return (
    <main className="mx-auto grid min-h-[60dvh] max-w-[520px] content-center px-4">
      <Problem error={error} onRetry={reset} />
    </main>
  )
}

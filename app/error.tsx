'use client'

import { useStrings } from '#ui/strings/catalogue.tsx'

/** What a page shows when the server could not make it. In every page's download, so it is plain. */
export default function PageError({ reset }: { error: Error; reset: () => void }) {
  const { t } = useStrings()
  return (
    <main className="mx-auto grid min-h-[60dvh] max-w-[52ch] content-center justify-items-center gap-4 px-6 text-center">
      <p role="alert" className="text-lead">
        {t('state.failed')}
      </p>
      <button
        type="button"
        onClick={reset}
        className="min-h-10 rounded-[10px] border border-line bg-card px-3.5 font-[540] hover:border-line-strong"
      >
        {t('state.retry')}
      </button>
    </main>
  )
}

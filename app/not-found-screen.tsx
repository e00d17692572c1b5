'use client'

import { usePlatform } from '#ui/platform/port.ts'
import { useStrings } from '#ui/strings/catalogue.tsx'

/** In every page's download, so it is plain. */
export function NotFound() {
  const { t } = useStrings()
  const { Link } = usePlatform()
  return (
    <main className="mx-auto grid min-h-[80dvh] max-w-[44ch] content-center justify-items-center gap-3 px-6 text-center">
      <h1 className="text-title font-[650]">{t('state.not_found')}</h1>
      <p className="text-ink-2">{t('state.not_found_hint')}</p>
      <Link
        href="/inbox"
        className="mt-1 inline-flex min-h-10 items-center rounded-[10px] border border-accent bg-accent px-3.5 font-[540] text-on-accent hover:bg-accent-strong"
      >
        {t('state.to_inbox')}
      </Link>
    </main>
  )
}

'use client'

import { Compass } from 'lucide-react'
import { ButtonLink } from '#ui/parts/button.tsx'
import { Empty } from '#ui/parts/state.tsx'
import { useStrings } from '#ui/strings/catalogue.tsx'

export function NotFound() {
  const { t } = useStrings()
  return (
    <main className="grid min-h-dvh place-items-center">
      <Empty
        icon={Compass}
        title={t('state.not_found')}
        action={<ButtonLink href="/inbox">{t('state.to_inbox')}</ButtonLink>}
      >
        {t('state.not_found_hint')}
      </Empty>
    </main>
  )
}

'use client'

import { useEffect } from 'react'
import { tellUntilDone } from '#ui/parts/toast.tsx'
import { useStrings } from '#ui/strings/catalogue.tsx'
import { registerWorker } from '#ui/worker/page.ts'

/** Starts the service worker and offers a new version when one is ready. */
export function Worker() {
  const { t } = useStrings()
  useEffect(
    () => registerWorker(apply => tellUntilDone(t('update.ready'), { label: t('update.reload'), run: apply })),
    [t],
  )
  return null
}

import { lazy, Suspense, useEffect, useState } from 'react'
import type { ExternalToast } from 'sonner'

const Toaster = lazy(() => import('sonner').then(sonner => ({ default: sonner.Toaster })))

/** Loaded after the page stands: no first paint waits for a message that nobody has yet. */
export function Toasts() {
  const [isReady, setReady] = useState(false)
  useEffect(() => setReady(true), [])
  return isReady ? (
    <Suspense>
      <Toaster
        theme="system"
        position="bottom-center"
        offset={{ bottom: 24 }}
        mobileOffset={{ bottom: 84 }}
        toastOptions={{ className: 'font-sans' }}
      />
    </Suspense>
  ) : null
}

async function show(kind: 'message' | 'error' | 'success', text: string, options?: ExternalToast) {
  const { toast } = await import('sonner')
  toast[kind](text, options)
}

export const tell = (text: string) => void show('success', text)
export const tellProblem = (text: string) => void show('error', text)
/** Done, and can be taken back for eight seconds. */
export const tellWithUndo = (text: string, undo: { label: string; run(): void }) =>
  void show('message', text, { duration: 8_000, action: { label: undo.label, onClick: undo.run } })
/** Stays until somebody does it or sends it away. */
export const tellUntilDone = (text: string, action: { label: string; run(): void }) =>
  void show('message', text, {
    duration: Number.POSITIVE_INFINITY,
    closeButton: true,
    action: { label: action.label, onClick: action.run },
  })

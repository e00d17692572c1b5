import { lazy, Suspense, useEffect, useState } from 'react'
import type { ExternalToast } from 'sonner'
import { onFirstSign } from '../platform/presence.ts'

const load = () => import('sonner')

let isAsked = false
let prepare = () => {
  isAsked = true
}
let hasPlace = () => {}
const place = new Promise<void>(resolve => {
  hasPlace = resolve
})

const Toaster = lazy(() => load().then(sonner => ({ default: sonner.Toaster })))

/** Stands after the place of the messages, so that its effect runs when the place already listens. */
function Listening() {
  useEffect(hasPlace, [])
  return null
}

/** Loaded when somebody is there to do something, or when something has to be said: no page waits for it. */
export function Toasts() {
  const [isWanted, setWanted] = useState(false)
  useEffect(() => {
    prepare = () => setWanted(true)
    if (isAsked) prepare()
    return onFirstSign(prepare)
  }, [])
  return isWanted ? (
    <Suspense>
      <Toaster
        theme="system"
        position="bottom-center"
        offset={{ bottom: 24 }}
        mobileOffset={{ bottom: 84 }}
        toastOptions={{ className: 'font-sans' }}
      />
      <Listening />
    </Suspense>
  ) : null
}

async function show(kind: 'message' | 'error' | 'success', text: string, options?: ExternalToast) {
  prepare()
  const [{ toast }] = await Promise.all([load(), place])
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

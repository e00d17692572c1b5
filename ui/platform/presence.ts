const signs = ['pointermove', 'pointerdown', 'keydown', 'focusin', 'wheel'] as const

/**
 * Runs `then` once, at the first sign of a person: what a page needs only when somebody uses it is fetched while the
 * finger or the pointer is still on its way. A page that nobody looks at never fetches it. Returns the way to call it off.
 */
export function onFirstSign(then: () => void): () => void {
  const stop = () => {
    for (const sign of signs) window.removeEventListener(sign, notice, true)
  }
  const notice = () => {
    stop()
    then()
  }
  for (const sign of signs) window.addEventListener(sign, notice, { capture: true, passive: true })
  return stop
}

/** Far enough to be meant. */
export const pullPx = 80
const longestPx = 110
/** Where a finger that goes down means something else. */
const elsewhere = '[role="dialog"], [role="alertdialog"], input, textarea, canvas, audio, [draggable="true"]'

/**
 * Follows one finger that goes down from the top of everything that scrolls under it. `onMove` hears how far (0 at the
 * end), `onPulled` that it let go far enough. Returns the way to stop.
 */
export function startPull({ onMove, onPulled }: { onMove(px: number): void; onPulled(): void }): () => void {
  let from: { x: number; y: number } | null = null
  let pulledPx = 0
  const show = (px: number) => {
    if (px === pulledPx) return
    pulledPx = px
    onMove(px)
  }
  const begin = (event: TouchEvent) => {
    const [finger, second] = event.touches
    from = finger && !second && isAtTop(event.target) ? { x: finger.clientX, y: finger.clientY } : null
  }
  const move = (event: TouchEvent) => {
    const finger = event.touches[0]
    if (!from || !finger) return
    const down = finger.clientY - from.y
    const isElsewhere =
      event.touches.length > 1 || (pulledPx === 0 && Math.abs(finger.clientX - from.x) > Math.abs(down))
    if (isElsewhere || down < 0) {
      from = null
      show(0)
    } else show(Math.min(down, longestPx))
  }
  const end = (event: TouchEvent) => {
    const isFar = event.type === 'touchend' && pulledPx >= pullPx
    from = null
    show(0)
    if (isFar) onPulled()
  }
  const passive = { passive: true }
  window.addEventListener('touchstart', begin, passive)
  window.addEventListener('touchmove', move, passive)
  window.addEventListener('touchend', end, passive)
  window.addEventListener('touchcancel', end, passive)
  return () => {
    window.removeEventListener('touchstart', begin)
    window.removeEventListener('touchmove', move)
    window.removeEventListener('touchend', end)
    window.removeEventListener('touchcancel', end)
  }
}

/** Whether nothing around the finger could scroll up first. */
function isAtTop(target: EventTarget | null): boolean {
  if (!(target instanceof Element) || target.closest(elsewhere)) return false
  for (let each: Element | null = target; each; each = each.parentElement) if (each.scrollTop > 0) return false
  return true
}

/** Something is happening now. */
export function Pulse() {
  return (
    <span aria-hidden className="size-2 animate-breathe rounded-full bg-accent shadow-[0_0_0_4px_var(--accent-soft)]" />
  )
}

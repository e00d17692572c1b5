import { Phone } from 'lucide-react'

export function Brand({ size = 26 }: { size?: number }) {
  return (
    <span
      aria-hidden
      style={{ width: size, height: size, borderRadius: size * 0.31 }}
      className="grid shrink-0 place-items-center bg-accent text-on-accent"
    >
      <Phone size={size * 0.6} strokeWidth={2} />
    </span>
  )
}

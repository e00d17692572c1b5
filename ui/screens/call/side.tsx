import type { ReactNode } from 'react'

/** A titled part of the column beside the call. */
export function Side({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="grid gap-2.5">
      <h3 className="text-tiny font-semibold text-ink-3">{title}</h3>
      {children}
    </section>
  )
}

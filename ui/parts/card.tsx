import clsx from 'clsx'
import type { HTMLAttributes, ReactNode } from 'react'

export function Card({ className, ...rest }: HTMLAttributes<HTMLDivElement>) {
  return <div {...rest} className={clsx('rounded-md border border-line bg-card shadow-lift', className)} />
}

/** A titled part of a page, its title outside the card. */
export function Section(props: {
  title: string
  hint?: ReactNode
  aside?: ReactNode
  children: ReactNode
  id?: string
}) {
  return (
    <section id={props.id} className="grid scroll-mt-6 gap-3">
      <div className="flex flex-wrap items-end justify-between gap-x-4 gap-y-2">
        <div className="min-w-0">
          <h2 className="text-[17px] font-[620]">{props.title}</h2>
          {props.hint && <p className="text-small text-ink-2">{props.hint}</p>}
        </div>
        {props.aside}
      </div>
      {props.children}
    </section>
  )
}

/** The head of every page except the inbox. */
export function Page(props: {
  title: string
  lead?: ReactNode
  aside?: ReactNode
  wide?: boolean
  children: ReactNode
}) {
  return (
    <div
      className={clsx(
        'mx-auto grid w-full grid-cols-[minmax(0,1fr)] gap-7 px-4 pt-5 pb-10 sm:px-8 sm:pt-7',
        props.wide ? 'max-w-[1060px]' : 'max-w-[760px]',
      )}
    >
      <header className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0 sm:flex-1 sm:basis-64">
          <h1 className="text-title font-[650]">{props.title}</h1>
          {props.lead && <p className="mt-0.5 max-w-[60ch] text-pretty text-ink-2">{props.lead}</p>}
        </div>
        {props.aside && <div className="flex flex-wrap gap-2">{props.aside}</div>}
      </header>
      {props.children}
    </div>
  )
}

import type { ReactNode } from 'react'
import { Brand } from '../../parts/brand.tsx'
import { Card } from '../../parts/card.tsx'
import { useStrings } from '../../strings/catalogue.tsx'

/** The one card that stands before the door: login, register, set-up. */
export function Entry(props: { title: string; lead?: ReactNode; foot?: ReactNode; children: ReactNode }) {
  const { t } = useStrings()
  return (
    <main className="grid min-h-dvh content-center justify-items-center px-4 py-10">
      <div className="grid w-full max-w-[400px] gap-6">
        <div className="grid justify-items-center gap-3 text-center">
          <Brand size={44} />
          <p className="text-small text-ink-2">{t('app.claim')}</p>
        </div>
        <Card className="grid gap-5 rounded-lg p-6">
          <div>
            <h1 className="text-title font-[650]">{props.title}</h1>
            {props.lead && <p className="mt-1 text-ink-2">{props.lead}</p>}
          </div>
          {props.children}
        </Card>
        {props.foot && <p className="text-center text-ink-2">{props.foot}</p>}
      </div>
    </main>
  )
}

export function FormProblem({ children }: { children: ReactNode }) {
  if (!children) return null
  return (
    <p role="alert" className="rounded-sm bg-red-soft px-3 py-2 text-red">
      {children}
    </p>
  )
}

import clsx from 'clsx'
import { CloudOff, type LucideIcon, TriangleAlert } from 'lucide-react'
import { Component, type ReactNode } from 'react'
import { ApiError } from '../api/problem.ts'
import { useStrings } from '../strings/catalogue.tsx'
import { Button } from './button.tsx'

/** A place where something will be, in its shape. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden data-skeleton className={clsx('animate-breathe rounded-sm bg-line/70', className)} />
}

export function SkeletonRows({ rows = 6 }: { rows?: number }) {
  const { t } = useStrings()
  return (
    <div role="status" aria-label={t('state.loading')}>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows without content have no other name
        <div key={row} className="flex items-center gap-3 px-4 py-2.5">
          <Skeleton className="size-10 !rounded-full" />
          <div className="grid flex-1 gap-2">
            <Skeleton className="h-3.5 w-2/5" />
            <Skeleton className="h-3 w-3/4" />
          </div>
        </div>
      ))}
    </div>
  )
}

/** Nothing here yet, and what to do about it. */
export function Empty(props: { icon: LucideIcon; title: string; children?: ReactNode; action?: ReactNode }) {
  const Icon = props.icon
  return (
    <div className="mx-auto grid max-w-[44ch] justify-items-center gap-3 px-6 py-12 text-center">
      <span className="grid size-14 place-items-center rounded-full bg-accent-soft text-accent-ink">
        <Icon size={26} strokeWidth={1.6} aria-hidden />
      </span>
      <p className="text-[17px] font-[600]">{props.title}</p>
      {props.children && <p className="text-ink-2">{props.children}</p>}
      {props.action && <div className="mt-1 flex flex-wrap justify-center gap-2">{props.action}</div>}
    </div>
  )
}

/** The sentence for a failure: the service's own where it gave one. */
export function useProblemText(): (error: unknown) => string {
  const { t, said, language } = useStrings()
  return error => {
    if (isMissing(error)) return t('state.unreachable')
    if (!(error instanceof ApiError)) return t('state.failed')
    if (error.code === 'timeout') return t('state.slow')
    if (error.isUnreachable) return t('state.unreachable')
    if (error.status === 429 && error.retryAfterS) return t('state.too_often', { seconds: error.retryAfterS })
    if (error.status >= 500 && error.status !== 503) return t('state.failed')
    const told = said(error.message)
    const faults = Object.values(error.fields)
    // A sentence that names several fields is put together by the service; by its fields it can be said in any language.
    if (told === error.message && language !== 'en' && faults.length > 0)
      return t('state.invalid', { faults: faults.map(said).join(', ') })
    return told || t('state.failed')
  }
}

/** What went wrong, whether anything was lost, and the way to try again. */
export function Problem({ error, onRetry, className }: { error: unknown; onRetry?: () => void; className?: string }) {
  const { t } = useStrings()
  const say = useProblemText()
  const Icon = error instanceof ApiError && error.isUnreachable ? CloudOff : TriangleAlert
  return (
    <div
      role="alert"
      className={clsx('flex items-start gap-3 rounded-md border border-line bg-red-soft px-4 py-3 text-ink', className)}
    >
      <Icon size={18} className="mt-0.5 shrink-0 text-red" aria-hidden />
      <div className="grid gap-2">
        <p>{say(error)}</p>
        {onRetry && (
          <Button size="small" className="justify-self-start" onClick={onRetry}>
            {t('state.retry')}
          </Button>
        )}
      </div>
    </div>
  )
}

type BoundaryProps = { fallback: (error: unknown, retry: () => void) => ReactNode; children: ReactNode }

class Boundary extends Component<BoundaryProps, { error: unknown }> {
  override state = { error: null as unknown }
  static getDerivedStateFromError(error: unknown) {
    return { error: error ?? new Error('unknown') }
  }
  override render() {
    // What the framework around us throws on purpose (not found, a redirect) carries its mark and goes on to it.
    if (isMarked(this.state.error)) throw this.state.error
    // A part that did not arrive is asked for once only; the whole page is asked for again.
    const retry = () => (isMissing(this.state.error) ? location.reload() : this.setState({ error: null }))
    return this.state.error === null ? this.props.children : this.props.fallback(this.state.error, retry)
  }
}

const isMarked = (error: unknown) =>
  typeof error === 'object' && error !== null && 'digest' in error && String(error.digest).startsWith('NEXT_')

/** A file of the page that could not be fetched. */
const isMissing = (error: unknown) => error instanceof Error && error.name === 'ChunkLoadError'

/** Keeps one broken part from taking the page with it. */
export function ErrorBoundary({ children }: { children: ReactNode }) {
  return (
    <Boundary
      fallback={(error, retry) => (
        <div className="mx-auto max-w-[520px] p-6">
          <Problem error={error} onRetry={retry} />
        </div>
      )}
    >
      {children}
    </Boundary>
  )
}

import { Skeleton } from '../../parts/state.tsx'
import { useStrings } from '../../strings/catalogue.tsx'

/** A call before it is there. */
export function CallSkeleton() {
  const { t } = useStrings()
  return (
    <div role="status" aria-label={t('state.loading')} className="grid gap-5 px-4 pt-6 sm:px-8">
      <div className="flex items-center gap-4">
        <Skeleton className="size-13 !rounded-full" />
        <div className="grid flex-1 gap-2">
          <Skeleton className="h-5 w-56" />
          <Skeleton className="h-4 w-40" />
        </div>
      </div>
      <Skeleton className="h-28 !rounded-md" />
      <Skeleton className="h-14 !rounded-md" />
      <Skeleton className="h-10 w-3/4" />
      <Skeleton className="ml-11 h-10 w-2/3" />
    </div>
  )
}

import '../../strings/areas/service.ts'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import type { BackupJob, BackupStep } from '#lib/backup/contract.ts'
import { tell } from '../../parts/toast.tsx'
import { useStrings } from '../../strings/catalogue.tsx'

const steps: readonly BackupStep[] = ['copying', 'checking', 'packing', 'verifying']

/** Told once, to whoever watched it being made. */
export function useDoneNotice(job: BackupJob | null) {
  const { t } = useStrings()
  const queries = useQueryClient()
  const before = useRef(job?.state)
  useEffect(() => {
    if (before.current === 'running' && job?.state === 'done') {
      tell(t('backup.done'))
      void queries.invalidateQueries({ queryKey: ['audit'] })
    }
    before.current = job?.state
  }, [job?.state, t, queries])
}

/** How far the backup that is being made has come, or why the last one failed. */
export function BackupProgress({ job }: { job: BackupJob }) {
  const { t, said } = useStrings()
  if (job.state === 'failed') {
    return (
      <p role="alert" className="rounded-sm bg-red-soft px-3 py-2 text-red">
        {t('backup.failed', { why: said(job.message ?? '') })}
      </p>
    )
  }
  if (job.state === 'done') return null
  return (
    <div className="grid gap-1.5">
      <progress
        className="h-1.5 w-full accent-accent"
        aria-label={t('backup.progress')}
        max={steps.length}
        value={steps.indexOf(job.step) + 0.5}
      />
      <p role="status" className="text-small text-ink-2">
        {t(`backup.${job.step}`)}
      </p>
    </div>
  )
}

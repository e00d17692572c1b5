import '../../strings/areas/service.ts'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Download, Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { BackupFile, BackupList } from '#lib/backup/contract.ts'
import { downloadPath, listBackups, removeBackup, startBackup } from '../../api/backups.ts'
import { useApi } from '../../api/context.tsx'
import { Button } from '../../parts/button.tsx'
import { Card, Section } from '../../parts/card.tsx'
import { Confirm, Dialog } from '../../parts/dialog.tsx'
import { Checkbox } from '../../parts/field.tsx'
import { Proof } from '../../parts/proof.tsx'
import { Problem, SkeletonRows, useProblemText } from '../../parts/state.tsx'
import { tell, tellProblem } from '../../parts/toast.tsx'
import { useFormats } from '../../platform/clock.tsx'
import { saveProvenFile } from '../../platform/save-file.ts'
import { useStrings } from '../../strings/catalogue.tsx'
import { BackupProgress, useDoneNotice } from './backup-progress.tsx'
import { NightlyBackups } from './nightly-backups.tsx'

const key = ['backups']

/** What is kept for the day the disk breaks: made now or every night, taken along, brought back. */
export function Backups() {
  const { t } = useStrings()
  const client = useApi()
  const query = useQuery({
    queryKey: key,
    queryFn: () => listBackups(client),
    refetchInterval: ({ state }) => (state.data?.job?.state === 'running' ? 700 : false),
  })
  return (
    <Section title={t('backup.title')} hint={t('backup.hint')}>
      {query.isError && !query.data ? (
        <Problem error={query.error} onRetry={() => void query.refetch()} />
      ) : !query.data ? (
        <SkeletonRows rows={2} />
      ) : query.data.isSupported ? (
        <Shelf list={query.data} />
      ) : (
        <Card className="p-4.5">
          <p className="text-ink-2 [overflow-wrap:anywhere]">{t('backup.postgres', { folder: query.data.folder })}</p>
        </Card>
      )}
    </Section>
  )
}

function Shelf({ list }: { list: BackupList }) {
  const { t } = useStrings()
  const client = useApi()
  const queries = useQueryClient()
  const formats = useFormats()
  const say = useProblemText()
  const [withRecordings, setWithRecordings] = useState(false)
  const [wanted, setWanted] = useState<BackupFile | null>(null)
  const [condemned, setCondemned] = useState<BackupFile | null>(null)
  const isRunning = list.job?.state === 'running'
  const again = () => void queries.invalidateQueries({ queryKey: key })
  const make = useMutation({
    mutationFn: () => startBackup(client, withRecordings),
    onError: error => tellProblem(say(error)),
    onSettled: again,
  })
  const remove = useMutation({
    mutationFn: (name: string) => removeBackup(client, name),
    onSuccess: () => tell(t('backup.removed')),
    onError: error => tellProblem(say(error)),
    onSettled: () => {
      setCondemned(null)
      again()
    },
  })
  useDoneNotice(list.job)
  return (
    <>
      <Card className="grid gap-4 p-4.5">
        <div className="flex flex-wrap items-center gap-x-5 gap-y-3">
          <Button look="main" busy={make.isPending || isRunning} onClick={() => make.mutate()}>
            {t('backup.now')}
          </Button>
          <Checkbox
            label={t('backup.recordings')}
            checked={withRecordings}
            onChange={event => setWithRecordings(event.target.checked)}
          />
          <p className="ml-auto text-small text-ink-3">{t('backup.free', { size: formats.bytes(list.freeBytes) })}</p>
        </div>
        {list.job && <BackupProgress job={list.job} />}
        <NightlyBackups />
      </Card>
      {list.backups.length === 0 ? (
        <p className="text-ink-2">{t('backup.empty')}</p>
      ) : (
        <Card>
          <ul>
            {list.backups.map(backup => {
              const when = formats.dateTime(backup.createdAt)
              return (
                <li
                  key={backup.name}
                  className="flex flex-wrap items-center gap-3 border-line px-4 py-3 not-last:border-b"
                >
                  <p className="min-w-0 flex-1 basis-48">
                    <span className="block font-[540]">{when}</span>
                    <span className="block truncate text-small text-ink-3">
                      {formats.bytes(backup.bytes)} · {backup.name}
                    </span>
                  </p>
                  <Button size="small" aria-label={t('backup.get_this', { when })} onClick={() => setWanted(backup)}>
                    <Download /> {t('backup.get')}
                  </Button>
                  <Button
                    size="icon"
                    look="bare"
                    aria-label={t('backup.remove', { when })}
                    onClick={() => setCondemned(backup)}
                  >
                    <Trash2 />
                  </Button>
                </li>
              )
            })}
          </ul>
        </Card>
      )}
      <Restoring folder={list.folder} name={list.backups[0]?.name} />
      {wanted && (
        <Dialog isOpen onClose={() => setWanted(null)} title={t('backup.get_title')} lead={t('backup.get_lead')}>
          <Proof
            action={t('backup.get')}
            prove={password => saveProvenFile(client, downloadPath(wanted.name), wanted.name, { password })}
            onDone={() => setWanted(null)}
          />
        </Dialog>
      )}
      {condemned && (
        <Confirm
          isOpen
          onClose={() => setCondemned(null)}
          title={t('backup.remove_title', { when: formats.dateTime(condemned.createdAt) })}
          action={t('backup.remove_now')}
          busy={remove.isPending}
          onConfirm={() => remove.mutate(condemned.name)}
        >
          <p>{t('backup.remove_text')}</p>
        </Confirm>
      )}
    </>
  )
}

function Restoring({ folder, name = 'ai-call-….tar.gz' }: { folder: string; name?: string | undefined }) {
  const { t } = useStrings()
  return (
    <details className="text-small">
      <summary className="text-ink-2 hover:text-ink">{t('backup.restore')}</summary>
      <div className="mt-2 grid gap-2">
        <p className="text-ink-2">{t('backup.restore_text')}</p>
        <code className="rounded-sm bg-sunk px-3 py-2 break-all dark:bg-paper">{`npm run restore -- ${folder}/${name}`}</code>
      </div>
    </details>
  )
}

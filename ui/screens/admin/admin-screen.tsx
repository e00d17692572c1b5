import '../../strings/areas/account.ts'
import '../../strings/areas/service.ts'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Copy } from 'lucide-react'
import { useState } from 'react'
import type { Settings, SettingsChange } from '#lib/admin/contract.ts'
import { invite, readFullHealth } from '../../api/admin.ts'
import { useApi } from '../../api/context.tsx'
import { Button } from '../../parts/button.tsx'
import { Card, Page, Section } from '../../parts/card.tsx'
import { Select } from '../../parts/field.tsx'
import { Problem, Skeleton, useProblemText } from '../../parts/state.tsx'
import { Tag } from '../../parts/tag.tsx'
import { tell, tellProblem } from '../../parts/toast.tsx'
import { useStrings } from '../../strings/catalogue.tsx'
import { Audit } from './audit.tsx'
import { Backups } from './backups.tsx'
import { useServiceSettings } from './use-settings.ts'
import { Users } from './users.tsx'

export function AdminScreen({ ownId }: { ownId: number }) {
  const { t } = useStrings()
  return (
    <Page title={t('nav.admin')} lead={t('admin.lead')}>
      <HealthSection />
      <Registration />
      <Users ownId={ownId} />
      <Backups />
      <Audit />
    </Page>
  )
}

const partNames = ['database', 'disk', 'telephone', 'speech', 'model', 'voice'] as const

function HealthSection() {
  const { t, said } = useStrings()
  const client = useApi()
  const query = useQuery({
    queryKey: ['health', 'full'],
    queryFn: () => readFullHealth(client),
    refetchInterval: 15_000,
  })
  return (
    <Section title={t('admin.health')} hint={query.data && t('admin.version', { version: query.data.version })}>
      <Card>
        {query.isError ? (
          <Problem error={query.error} onRetry={() => void query.refetch()} className="m-4" />
        ) : !query.data ? (
          <Skeleton className="m-4 h-24" />
        ) : (
          <ul>
            {partNames.map(part => {
              const detail = query.data.details[part]
              return (
                <li key={part} className="flex items-start gap-3 border-line px-4 py-3 not-last:border-b">
                  <div className="min-w-0 flex-1">
                    <p className="font-[540]">{t(`part.${part}`)}</p>
                    <p className="text-small text-ink-2 [overflow-wrap:anywhere]">{said(detail.message)}</p>
                  </div>
                  <Tag tone={detail.working ? 'green' : detail.configured ? 'red' : 'grey'}>
                    {detail.working ? t('part.works') : detail.configured ? t('part.fails') : t('part.absent')}
                  </Tag>
                </li>
              )
            })}
          </ul>
        )}
      </Card>
    </Section>
  )
}

function Registration() {
  const { t, tn } = useStrings()
  const client = useApi()
  const say = useProblemText()
  const [link, setLink] = useState<string | null>(null)
  const { query, save } = useServiceSettings()
  const change = (part: SettingsChange) => save.mutate(part, { onSuccess: () => tell(t('settings.saved')) })
  const make = useMutation({
    mutationFn: () => invite(client),
    onSuccess: made => setLink(made.url),
    onError: error => tellProblem(say(error)),
  })
  const settings = query.data
  const keep = (value: number | null) => (value === null ? '' : String(value))
  const days = (known: number | null) =>
    [...new Set([30, 90, 365, ...(known === null ? [] : [known])])].sort((a, b) => a - b)
  return (
    <Section title={t('admin.rules')}>
      <Card className="grid gap-4 p-4.5">
        {query.isError ? (
          <Problem error={query.error} onRetry={() => void query.refetch()} />
        ) : !settings ? (
          <Skeleton className="h-24" />
        ) : (
          <>
            <div className="grid gap-4 sm:grid-cols-3">
              <Select
                label={t('admin.registration')}
                value={settings.registration}
                onChange={event => change({ registration: event.target.value as Settings['registration'] })}
              >
                <option value="open">{t('registration.open')}</option>
                <option value="invite">{t('registration.invite')}</option>
                <option value="closed">{t('registration.closed')}</option>
              </Select>
              {(['callRetentionDays', 'recordingRetentionDays'] as const).map(name => (
                <Select
                  key={name}
                  label={t(`admin.${name}`)}
                  value={keep(settings[name])}
                  onChange={event => change({ [name]: event.target.value ? Number(event.target.value) : null })}
                >
                  <option value="">{t('admin.for_ever')}</option>
                  {days(settings[name]).map(count => (
                    <option key={count} value={count}>
                      {tn('overview.days', count)}
                    </option>
                  ))}
                </Select>
              ))}
            </div>
            <div className="grid gap-3 border-t border-line pt-4">
              <Button className="justify-self-start" busy={make.isPending} onClick={() => make.mutate()}>
                {t('admin.invite')}
              </Button>
              {link && (
                <p className="flex flex-wrap items-center gap-2">
                  <output className="min-w-0 flex-1 rounded-sm bg-sunk px-3 py-2 text-small break-all dark:bg-paper">
                    {link}
                  </output>
                  <Button
                    size="small"
                    onClick={() =>
                      void navigator.clipboard?.writeText(link).then(
                        () => tell(t('copied')),
                        () => {},
                      )
                    }
                  >
                    <Copy /> {t('copy')}
                  </Button>
                </p>
              )}
            </div>
          </>
        )}
      </Card>
    </Section>
  )
}

import '../../strings/areas/account.ts'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import {
  confirmTwoFactor,
  endTwoFactor,
  readTwoFactor,
  startTwoFactor,
  type TwoFactorStart,
} from '../../api/account.ts'
import { useApi } from '../../api/context.tsx'
import { Button } from '../../parts/button.tsx'
import { Card, Section } from '../../parts/card.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { TextField } from '../../parts/field.tsx'
import { Proof } from '../../parts/proof.tsx'
import { Problem, Skeleton } from '../../parts/state.tsx'
import { Tag } from '../../parts/tag.tsx'
import { useFormats } from '../../platform/clock.tsx'
import { useStrings } from '../../strings/catalogue.tsx'

export function TwoFactorSettings() {
  const { t, tn } = useStrings()
  const client = useApi()
  const queries = useQueryClient()
  const formats = useFormats()
  const [window, setWindow] = useState<'on' | 'off' | null>(null)
  const query = useQuery({ queryKey: ['two-factor'], queryFn: () => readTwoFactor(client) })
  const close = () => {
    setWindow(null)
    void queries.invalidateQueries({ queryKey: ['two-factor'] })
  }
  const state = query.data
  return (
    <Section title={t('two_factor.title')} hint={t('two_factor.hint')}>
      <Card className="flex flex-wrap items-center justify-between gap-3 p-4.5">
        {query.isError ? (
          <Problem error={query.error} onRetry={() => void query.refetch()} className="flex-1" />
        ) : state ? (
          <>
            <p className="flex flex-wrap items-center gap-2">
              <Tag tone={state.isEnabled ? 'green' : 'grey'}>{state.isEnabled ? t('on') : t('off')}</Tag>
              {state.isEnabled && (
                <span className="text-ink-2">
                  {state.enabledAt && t('two_factor.since', { date: formats.date(state.enabledAt) })} ·{' '}
                  {tn('two_factor.codes_left', state.recoveryCodesLeft)}
                </span>
              )}
            </p>
            <Button
              look={state.isEnabled ? 'danger' : 'plain'}
              onClick={() => setWindow(state.isEnabled ? 'off' : 'on')}
            >
              {state.isEnabled ? t('two_factor.stop') : t('two_factor.start')}
            </Button>
          </>
        ) : (
          <Skeleton className="h-10 flex-1" />
        )}
      </Card>
      {window === 'on' && <Start onClose={close} />}
      {window === 'off' && <Stop onClose={close} />}
    </Section>
  )
}

function Start({ onClose }: { onClose(): void }) {
  const { t } = useStrings()
  const client = useApi()
  const [started, setStarted] = useState<TwoFactorStart | null>(null)
  const [code, setCode] = useState('')
  const confirm = useMutation({ mutationFn: () => confirmTwoFactor(client, code.trim()) })
  return (
    <Dialog isOpen onClose={onClose} title={t('two_factor.start')}>
      {confirm.data ? (
        <div className="grid gap-4">
          <p>{t('two_factor.codes')}</p>
          <ul className="grid grid-cols-2 gap-2 rounded-sm bg-sunk p-3 font-mono text-small dark:bg-paper">
            {confirm.data.recoveryCodes.map(each => (
              <li key={each}>{each}</li>
            ))}
          </ul>
          <Button look="main" onClick={onClose}>
            {t('two_factor.codes_kept')}
          </Button>
        </div>
      ) : started ? (
        <form
          className="grid gap-4"
          onSubmit={event => {
            event.preventDefault()
            confirm.mutate()
          }}
        >
          <p>{t('two_factor.scan')}</p>
          <img
            alt={t('two_factor.picture')}
            src={`data:image/svg+xml,${encodeURIComponent(started.qrSvg)}`}
            className="size-48 justify-self-center rounded-sm bg-[white] p-2"
          />
          <p className="text-small break-all text-ink-2">
            {t('two_factor.by_hand')} <code>{started.secret}</code>
          </p>
          <TextField
            label={t('login.code')}
            autoComplete="one-time-code"
            inputMode="numeric"
            maxLength={20}
            value={code}
            onChange={event => setCode(event.target.value)}
          />
          {confirm.isError && <Problem error={confirm.error} />}
          <Button type="submit" look="main" busy={confirm.isPending} disabled={!code.trim()}>
            {t('two_factor.confirm')}
          </Button>
        </form>
      ) : (
        <Proof
          action={t('two_factor.go_on')}
          prove={password => startTwoFactor(client, password)}
          onDone={setStarted}
        />
      )}
    </Dialog>
  )
}

function Stop({ onClose }: { onClose(): void }) {
  const { t } = useStrings()
  const client = useApi()
  return (
    <Dialog isOpen onClose={onClose} title={t('two_factor.stop_title')} lead={t('two_factor.stop_lead')}>
      <Proof
        action={t('two_factor.stop')}
        isDanger
        prove={password => endTwoFactor(client, password)}
        onDone={onClose}
      />
    </Dialog>
  )
}

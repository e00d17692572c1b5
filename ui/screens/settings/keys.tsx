import '../../strings/areas/account.ts'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Copy, KeyRound, Plus } from 'lucide-react'
import { useState } from 'react'
import type { KeyDto, KeyInput, NewKey } from '#lib/accounts/contract.ts'
import { addKey, listKeys, revokeKey } from '../../api/account.ts'
import { useApi } from '../../api/context.tsx'
import { Button } from '../../parts/button.tsx'
import { Card, Section } from '../../parts/card.tsx'
import { Confirm, Dialog } from '../../parts/dialog.tsx'
import { PasswordField, Select, TextField } from '../../parts/field.tsx'
import { Problem, SkeletonRows, useProblemText } from '../../parts/state.tsx'
import { Tag } from '../../parts/tag.tsx'
import { tell, tellProblem } from '../../parts/toast.tsx'
import { useFormats, useNow } from '../../platform/clock.tsx'
import { useKept } from '../../platform/kept.ts'
import { useStrings } from '../../strings/catalogue.tsx'

export function KeySettings({ first }: { first?: KeyDto[] | undefined }) {
  const { t } = useStrings()
  const client = useApi()
  const queries = useQueryClient()
  const formats = useFormats()
  const now = useNow()
  const [window, setWindow] = useState<'new' | KeyDto | null>(null)
  const query = useQuery({
    queryKey: ['keys'],
    queryFn: () => listKeys(client),
    ...(first ? { initialData: first } : {}),
  })
  const again = () => void queries.invalidateQueries({ queryKey: ['keys'] })
  const revoke = useMutation({
    mutationFn: (key: KeyDto) => revokeKey(client, key.id),
    onSuccess: () => setWindow(null),
    onSettled: again,
  })
  return (
    <Section
      title={t('keys.title')}
      hint={t('keys.hint')}
      aside={
        <Button size="small" onClick={() => setWindow('new')}>
          <Plus /> {t('keys.add')}
        </Button>
      }
    >
      {query.isError && !query.data ? (
        <Problem error={query.error} onRetry={() => void query.refetch()} />
      ) : query.isPending ? (
        <SkeletonRows rows={1} />
      ) : query.data.length === 0 ? (
        <p className="text-ink-2">{t('keys.none')}</p>
      ) : (
        <Card>
          <ul>
            {query.data.map(key => (
              <li key={key.id} className="flex items-center gap-3 border-line px-4 py-3 not-last:border-b">
                <KeyRound size={18} className="shrink-0 text-ink-3" aria-hidden />
                <div className="min-w-0 flex-1">
                  <p className="flex flex-wrap items-center gap-x-2 font-[540]">
                    <span className="truncate">{key.name}</span>
                    {key.scopes.map(scope => (
                      <Tag key={scope}>{t(`scope.${scope}`)}</Tag>
                    ))}
                  </p>
                  <p className="truncate text-small text-ink-3">
                    <code>{key.hint}</code> ·{' '}
                    {key.lastUsedAt ? t('keys.used', { when: formats.ago(key.lastUsedAt, now) }) : t('keys.unused')}
                  </p>
                </div>
                <Button
                  size="small"
                  look="danger"
                  aria-label={t('keys.revoke_this', { name: key.name })}
                  onClick={() => setWindow(key)}
                >
                  {t('keys.revoke')}
                </Button>
              </li>
            ))}
          </ul>
        </Card>
      )}
      {window === 'new' && <KeyDialog onClose={() => setWindow(null)} onMade={again} />}
      {window !== null && window !== 'new' && (
        <Confirm
          isOpen
          onClose={() => setWindow(null)}
          title={t('keys.revoke_title', { name: window.name })}
          action={t('keys.revoke')}
          busy={revoke.isPending}
          onConfirm={() => revoke.mutate(window)}
        >
          <p>{t('keys.revoke_text')}</p>
          {revoke.isError && <Problem error={revoke.error} className="mt-3" />}
        </Confirm>
      )}
    </Section>
  )
}

type Use = 'calls' | 'read' | 'device' | 'all'

const uses: Record<Use, Pick<KeyInput, 'kind' | 'scopes'>> = {
  calls: { kind: 'named', scopes: ['calls:write', 'calls:read'] },
  read: { kind: 'named', scopes: ['calls:read'] },
  device: { kind: 'device', scopes: ['calls:report'] },
  all: { kind: 'named', scopes: ['all'] },
}

const nothingTyped: { name: string; use: Use } = { name: '', use: 'calls' }

function KeyDialog({ onClose, onMade }: { onClose(): void; onMade(): void }) {
  const { t } = useStrings()
  const client = useApi()
  const [draft, setDraft] = useKept('key.new', nothingTyped)
  const { name, use } = draft
  const [password, setPassword] = useState('')
  const make = useMutation({
    mutationFn: () => addKey(client, { name, ...uses[use], ...(use === 'all' ? { password } : {}) }),
    onSuccess() {
      setDraft(nothingTyped)
      onMade()
    },
  })
  const leave = () => {
    setDraft(nothingTyped)
    onClose()
  }
  return (
    <Dialog
      isOpen
      onClose={leave}
      title={make.data ? t('keys.made', { name: make.data.name }) : t('keys.add')}
      lead={make.data ? t('keys.made_lead') : undefined}
    >
      {make.data ? (
        <MadeKey made={make.data} onClose={leave} />
      ) : (
        <form
          className="grid gap-4"
          onSubmit={event => {
            event.preventDefault()
            if (name.trim()) make.mutate()
          }}
        >
          <TextField
            label={t('keys.name')}
            hint={t('keys.name_hint')}
            autoFocus
            maxLength={60}
            value={name}
            onChange={event => setDraft({ ...draft, name: event.target.value })}
          />
          <Select
            label={t('keys.use')}
            value={use}
            onChange={event => setDraft({ ...draft, use: event.target.value as Use })}
          >
            <option value="calls">{t('keys.use_calls')}</option>
            <option value="read">{t('keys.use_read')}</option>
            <option value="device">{t('keys.use_device')}</option>
            <option value="all">{t('keys.use_all')}</option>
          </Select>
          {use === 'all' && (
            <PasswordField
              label={t('settings.password_proof')}
              autoComplete="current-password"
              value={password}
              onChange={event => setPassword(event.target.value)}
            />
          )}
          {make.isError && <Problem error={make.error} />}
          <Button type="submit" look="main" busy={make.isPending} disabled={!name.trim()}>
            {t('keys.make')}
          </Button>
        </form>
      )}
    </Dialog>
  )
}

function MadeKey({ made, onClose }: { made: NewKey; onClose(): void }) {
  const { t } = useStrings()
  const say = useProblemText()
  return (
    <div className="grid gap-4">
      <output className="block rounded-sm bg-sunk px-3 py-2.5 font-mono text-small break-all dark:bg-paper">
        {made.key}
      </output>
      <div className="flex flex-col gap-2 sm:flex-row sm:justify-end">
        {'clipboard' in navigator && (
          <Button
            onClick={() =>
              navigator.clipboard.writeText(made.key).then(
                () => tell(t('copied')),
                error => tellProblem(say(error)),
              )
            }
          >
            <Copy /> {t('copy')}
          </Button>
        )}
        <Button look="main" onClick={onClose}>
          {t('keys.kept')}
        </Button>
      </div>
    </div>
  )
}

import '../../strings/areas/account.ts'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Laptop, Smartphone } from 'lucide-react'
import type { SessionDto } from '#lib/accounts/contract.ts'
import { endAllSessions, endSession, listSessions } from '../../api/account.ts'
import { useApi } from '../../api/context.tsx'
import { Button } from '../../parts/button.tsx'
import { Card, Section } from '../../parts/card.tsx'
import { Problem, SkeletonRows, useProblemText } from '../../parts/state.tsx'
import { Tag } from '../../parts/tag.tsx'
import { tell, tellProblem } from '../../parts/toast.tsx'
import { useFormats, useNow } from '../../platform/clock.tsx'
import { useStrings } from '../../strings/catalogue.tsx'

/** "Firefox on Linux": as much as a person needs to know which device it is. */
export function nameDevice(userAgent: string, unknown: string): string {
  const browser = /(Edg|OPR|Firefox|Chrome|Safari|okhttp|curl|python)/i.exec(userAgent)?.[1]
  const system = /(Android|iPhone|iPad|Windows|Mac OS X|Linux)/.exec(userAgent)?.[1]
  const names: Record<string, string> = { Edg: 'Edge', OPR: 'Opera', 'Mac OS X': 'macOS' }
  const parts = [browser, system].filter(part => part !== undefined).map(part => names[part] ?? part)
  return parts.join(' · ') || unknown
}

export function SessionSettings({ first }: { first?: SessionDto[] | undefined }) {
  const { t } = useStrings()
  const client = useApi()
  const queries = useQueryClient()
  const formats = useFormats()
  const now = useNow()
  const say = useProblemText()
  const query = useQuery({
    queryKey: ['sessions'],
    queryFn: () => listSessions(client),
    ...(first ? { initialData: first } : {}),
  })
  const end = useMutation({
    mutationFn: (session: SessionDto | null) =>
      session ? endSession(client, session.id) : endAllSessions(client, 'current'),
    onSuccess: () => tell(t('settings.session_ended')),
    onError: error => tellProblem(say(error)),
    onSettled: () => queries.invalidateQueries({ queryKey: ['sessions'] }),
  })
  const sessions = query.data ?? []
  return (
    <Section
      title={t('settings.sessions')}
      hint={t('settings.sessions_hint')}
      aside={
        sessions.length > 1 && (
          <Button
            size="small"
            look="danger"
            busy={end.isPending && end.variables === null}
            onClick={() => end.mutate(null)}
          >
            {t('settings.end_others')}
          </Button>
        )
      }
    >
      {query.isError && sessions.length === 0 ? (
        <Problem error={query.error} onRetry={() => void query.refetch()} />
      ) : query.isPending ? (
        <SkeletonRows rows={2} />
      ) : (
        <Card>
          <ul>
            {sessions.map(session => {
              const Icon = /Android|iPhone|Mobile/.test(session.userAgent) ? Smartphone : Laptop
              const name = nameDevice(session.userAgent, t('settings.unknown_device'))
              return (
                <li key={session.id} className="flex items-center gap-3 border-line px-4 py-3 not-last:border-b">
                  <Icon size={20} className="shrink-0 text-ink-3" aria-hidden />
                  <div className="min-w-0 flex-1">
                    <p className="flex flex-wrap items-center gap-x-2 font-[540]">
                      {name}
                      {session.isCurrent && <Tag tone="green">{t('settings.this_device')}</Tag>}
                    </p>
                    <p className="truncate text-small text-ink-3">
                      {t('settings.seen', { address: session.address, when: formats.ago(session.seenAt, now) })}
                    </p>
                  </div>
                  {!session.isCurrent && (
                    <Button
                      size="small"
                      aria-label={t('settings.end_session_of', { name })}
                      onClick={() => end.mutate(session)}
                    >
                      {t('settings.end_session')}
                    </Button>
                  )}
                </li>
              )
            })}
          </ul>
        </Card>
      )}
    </Section>
  )
}

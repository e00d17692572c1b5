import '../../strings/areas/account.ts'
import '../../strings/areas/house.ts'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { NotificationPreferences } from '#lib/notify/contract.ts'
import { useApi } from '../../api/context.tsx'
import { changeNotifications, readNotifications } from '../../api/notifications.ts'
import { Card, Section } from '../../parts/card.tsx'
import { Switch } from '../../parts/field.tsx'
import { QuietHoursField } from '../../parts/quiet-hours.tsx'
import { Problem, Skeleton, useProblemText } from '../../parts/state.tsx'
import { tellProblem } from '../../parts/toast.tsx'
import { useStrings } from '../../strings/catalogue.tsx'
import { PushDevices } from './push-devices.tsx'

/** What is told to one's devices, and when they stay quiet. */
export function NotificationSettings() {
  const { t } = useStrings()
  const client = useApi()
  const queries = useQueryClient()
  const say = useProblemText()
  const key = ['notifications']
  const query = useQuery({ queryKey: key, queryFn: () => readNotifications(client) })
  const save = useMutation({
    mutationFn: (next: NotificationPreferences) => changeNotifications(client, next),
    onMutate: next => {
      const before = queries.getQueryData<NotificationPreferences>(key)
      queries.setQueryData(key, next)
      return { before }
    },
    onError: (error, _next, context) => {
      queries.setQueryData(key, context?.before)
      tellProblem(say(error))
    },
  })
  const now = query.data
  return (
    <Section title={t('notify.title')} hint={t('notify.hint')}>
      <Card className="grid gap-3 p-4.5">
        {query.isError ? (
          <Problem error={query.error} onRetry={() => void query.refetch()} />
        ) : !now ? (
          <Skeleton className="h-24" />
        ) : (
          <>
            <Switch
              label={t('notify.calls')}
              checked={now.incomingCalls}
              onChange={incomingCalls => save.mutate({ ...now, incomingCalls })}
            />
            <Switch
              label={t('notify.messages')}
              checked={now.newMessages}
              onChange={newMessages => save.mutate({ ...now, newMessages })}
            />
            <Switch
              label={t('notify.reason')}
              hint={t('notify.reason_hint')}
              checked={now.showsReason}
              onChange={showsReason => save.mutate({ ...now, showsReason })}
            />
            <QuietHoursField
              label={t('notify.quiet')}
              hint={t('notify.quiet_hint')}
              value={now}
              onChange={quiet => save.mutate({ ...now, ...quiet })}
            />
            {now.quietFromMin !== null && (
              <Switch
                label={t('notify.favourites')}
                checked={now.favouritesRing}
                onChange={favouritesRing => save.mutate({ ...now, favouritesRing })}
              />
            )}
          </>
        )}
      </Card>
      <PushDevices />
    </Section>
  )
}

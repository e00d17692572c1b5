import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { SubscriptionDto } from '#lib/notify/contract.ts'
import { listCalls } from '#ui/api/calls.ts'
import { readPush, testPush, unsubscribePush } from '#ui/api/notifications.ts'
import { useApi } from '#ui/api/provider.tsx'
import { Button } from '#ui/parts/button.tsx'
import { Card, Section } from '#ui/parts/card.tsx'
import { Skeleton, useProblemText } from '#ui/parts/state.tsx'
import { tell, tellProblem } from '#ui/parts/toast.tsx'
import { usePlatform } from '#ui/platform/port.ts'
import { useStrings } from '#ui/strings/catalogue.tsx'
import { News, type NewsStatus } from '../news.ts'
import { addOwnKey, revokeOwnKey } from '../own-keys.ts'
import { phoneName } from '../phone-name.ts'
import { newsKey, subscriptionKey, useNewsStatus, useSubscription } from '../use-news.ts'

/** `off`, `poll`, or the package of a distributor. */
type Way = string

/** How this phone hears of calls: at once through a push distributor, or every 15 minutes by looking itself. */
export function PhoneNews({ username }: { username: string }) {
  const { t } = useStrings()
  const say = useProblemText()
  const queries = useQueryClient()
  const status = useNewsStatus()
  const choose = useChoice(username)
  const ask = useMutation({
    mutationFn: () => News.askPermission(),
    onSuccess: fresh => queries.setQueryData(newsKey, fresh),
    onError: error => tellProblem(say(error)),
  })
  if (!status.data) return <Skeleton className="h-32 !rounded-m" />
  const { mode, isAllowed, distributors, distributor } = status.data
  const way: Way = mode === 'push' ? (distributor ?? 'off') : mode

  return (
    <Section title={t('news.title')} hint={t('news.lead')}>
      <Card className="grid gap-4 p-4">
        <fieldset className="grid gap-1" disabled={choose.isPending}>
          <legend className="mb-1 font-[560]">{t('news.way')}</legend>
          {distributors.map(({ id, name }) => (
            <Choice
              key={id}
              label={t('news.push', { name })}
              hint={t('news.push_hint')}
              isChosen={way === id}
              onChoose={() => choose.mutate(id)}
            />
          ))}
          <Choice
            label={t('news.poll')}
            hint={t('news.poll_hint')}
            isChosen={way === 'poll'}
            onChoose={() => choose.mutate('poll')}
          />
          <Choice
            label={t('news.off')}
            hint={t('news.off_hint')}
            isChosen={way === 'off'}
            onChoose={() => choose.mutate('off')}
          />
        </fieldset>
        {distributors.length === 0 && <p className="text-small text-ink-2">{t('news.none')}</p>}
        {mode !== 'off' && !isAllowed && (
          <div role="alert" className="grid gap-2 rounded-s bg-amber-soft px-3 py-2.5 text-amber">
            <p>{t('news.forbidden')}</p>
            <Button size="small" busy={ask.isPending} onClick={() => ask.mutate()}>
              {t('news.ask')}
            </Button>
          </div>
        )}
        <State status={status.data} />
      </Card>
    </Section>
  )
}

/** Ends the old way and begins the new one. Android's question comes first: without it nothing could be shown. */
function useChoice(username: string) {
  const client = useApi()
  const { serverUrl } = usePlatform()
  const queries = useQueryClient()
  const say = useProblemText()

  /** What the old way left on the server. Away or not, the new way begins. */
  async function endOnServer() {
    const before = queries.getQueryData<NewsStatus>(newsKey)
    const subscription = queries.getQueryData<SubscriptionDto>([...subscriptionKey, before?.endpoint])
    if (subscription) await unsubscribePush(client, subscription.id).catch(() => {})
    await revokeOwnKey(client, 'news')
  }

  async function begin(way: Way): Promise<NewsStatus> {
    await endOnServer()
    if (way === 'off') return News.stop()
    await News.askPermission()
    if (way !== 'poll') return News.register({ distributor: way, vapid: (await readPush(client)).publicKey })
    const newest = (await listCalls(client, { limit: 1 })).calls[0]
    const { key } = await addOwnKey(client, username, 'news', {
      name: `${phoneName()} (news)`,
      kind: 'named',
      scopes: ['calls:read'],
    })
    return News.poll({ server: serverUrl, readKey: key, lastCall: String(newest?.id ?? 0) })
  }
  return useMutation({
    mutationFn: begin,
    onSuccess: fresh => queries.setQueryData(newsKey, fresh),
    onError: error => tellProblem(error instanceof Error && error.message ? error.message : say(error)),
  })
}

function Choice(props: { label: string; hint: string; isChosen: boolean; onChoose(): void }) {
  return (
    <label className="flex gap-3 rounded-s px-2 py-2 has-checked:bg-accent-soft">
      <input
        type="radio"
        name="news-way"
        className="mt-1 accent-accent"
        checked={props.isChosen}
        onChange={props.onChoose}
      />
      <span>
        <span className="font-[560]">{props.label}</span>
        <span className="block text-small text-ink-2">{props.hint}</span>
      </span>
    </label>
  )
}

/** Whether it works, and if not, what to do. */
function State({ status: { mode, endpoint, failure } }: { status: NewsStatus }) {
  const { t } = useStrings()
  const client = useApi()
  const say = useProblemText()
  const subscription = useSubscription()
  const test = useMutation({
    mutationFn: () => testPush(client),
    onSuccess: ({ delivered }) => tell(t(delivered > 0 ? 'news.test_sent' : 'news.test_failed')),
    onError: error => tellProblem(say(error)),
  })
  const problem = failure
    ? t(failure === 'KEY_REFUSED' ? 'news.key_refused' : 'news.failed', { word: failure })
    : subscription.isError
      ? say(subscription.error)
      : null
  return (
    <div aria-live="polite" className="grid gap-3">
      {problem && <p className="text-amber">{problem}</p>}
      {mode === 'push' && !problem && !subscription.isSuccess && (
        <p className="text-small text-ink-2">{t(endpoint ? 'news.telling' : 'news.waiting')}</p>
      )}
      {mode === 'push' && subscription.isSuccess && endpoint && (
        <>
          <p className="text-small text-ink-2">{t('news.ready')}</p>
          <Button className="justify-self-start" busy={test.isPending} onClick={() => test.mutate()}>
            {t('news.test')}
          </Button>
        </>
      )}
    </div>
  )
}

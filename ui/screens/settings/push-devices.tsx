import '../../strings/areas/push.ts'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Trash2 } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useApi } from '../../api/context.tsx'
import { readPush, subscribePush, testPush, unsubscribePush } from '../../api/notifications.ts'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { Switch } from '../../parts/field.tsx'
import { useProblemText } from '../../parts/state.tsx'
import { tell, tellProblem } from '../../parts/toast.tsx'
import { useFormats } from '../../platform/clock.tsx'
import { usePlatform } from '../../platform/port.ts'
import { useStrings } from '../../strings/catalogue.tsx'
import { currentSubscription, type PushState, pushState, subscribe } from '../../worker/push.ts'

const key = ['push']

/** Push on this device, and the devices that already have it. The app has its own notifications. */
export function PushDevices() {
  const { t } = useStrings()
  const { kind } = usePlatform()
  const [state, setState] = useState<PushState | null>(null)
  useEffect(() => setState(pushState()), [])
  if (kind === 'app' || state === null) return null
  return (
    <Card className="grid gap-3 p-4.5">
      <h3 className="font-[560]">{t('push.title')}</h3>
      {state === 'insecure' && (
        <p className="text-ink-2">
          {t('push.insecure')} {t('push.recipe')}
        </p>
      )}
      {state === 'unsupported' && <p className="text-ink-2">{t('push.unsupported')}</p>}
      {state === 'denied' && <p className="text-ink-2">{t('push.denied')}</p>}
      {state === 'possible' && <ThisDevice onDenied={() => setState('denied')} />}
      <Devices />
    </Card>
  )
}

function ThisDevice({ onDenied }: { onDenied(): void }) {
  const { t } = useStrings()
  const client = useApi()
  const queries = useQueryClient()
  const say = useProblemText()
  const push = useQuery({ queryKey: key, queryFn: () => readPush(client) })
  const [endpoint, setEndpoint] = useState<string | null>(null)
  useEffect(() => {
    void currentSubscription().then(known => setEndpoint(known?.endpoint ?? null))
  }, [])

  const change = useMutation({
    async mutationFn(isWanted: boolean) {
      const known = await currentSubscription()
      if (!isWanted) {
        await known?.unsubscribe()
        return null
      }
      const made = known ?? (push.data ? await subscribe(push.data.publicKey) : null)
      if (!made) return null
      const { endpoint: address, keys } = made.toJSON()
      await subscribePush(client, {
        endpoint: address ?? '',
        keys: { p256dh: keys?.p256dh ?? '', auth: keys?.auth ?? '' },
      })
      return made.endpoint
    },
    onSuccess(now) {
      setEndpoint(now)
      void queries.invalidateQueries({ queryKey: key })
    },
    onError(error) {
      if (error instanceof DOMException && error.name === 'NotAllowedError') onDenied()
      else tellProblem(error instanceof DOMException ? error.message : say(error))
    },
  })
  const test = useMutation({
    mutationFn: () => testPush(client),
    onSuccess: result => tell(t('push.test_done', result)),
    onError: error => tellProblem(say(error)),
  })
  return (
    <>
      <Switch
        label={t('push.on')}
        hint={t('push.on_hint')}
        checked={endpoint !== null}
        disabled={change.isPending || !push.data}
        onChange={isWanted => change.mutate(isWanted)}
      />
      {endpoint !== null && (
        <Button className="justify-self-start" busy={test.isPending} onClick={() => test.mutate()}>
          {t('push.test')}
        </Button>
      )}
    </>
  )
}

function Devices() {
  const { t } = useStrings()
  const client = useApi()
  const queries = useQueryClient()
  const formats = useFormats()
  const say = useProblemText()
  const push = useQuery({ queryKey: key, queryFn: () => readPush(client) })
  const forget = useMutation({
    mutationFn: (id: number) => unsubscribePush(client, id),
    onSettled: () => queries.invalidateQueries({ queryKey: key }),
    onError: error => tellProblem(say(error)),
  })
  const devices = push.data?.subscriptions ?? []
  if (devices.length === 0) return null
  return (
    <ul aria-label={t('push.devices')} className="divide-y divide-line border-t border-line">
      {devices.map(device => {
        const name = nameOf(device.userAgent) ?? t('push.unknown')
        return (
          <li key={device.id} className="flex items-center gap-3 py-2">
            <span className="min-w-0 flex-1 truncate">
              {name}{' '}
              <span className="text-small text-ink-3">{t('push.since', { date: formats.date(device.createdAt) })}</span>
            </span>
            <Button
              look="bare"
              size="icon"
              aria-label={t('push.remove', { device: name })}
              onClick={() => forget.mutate(device.id)}
            >
              <Trash2 />
            </Button>
          </li>
        )
      })}
    </ul>
  )
}

/** "Firefox, Linux": enough to tell one's own devices apart. */
function nameOf(userAgent: string): string | null {
  const browser = /(Edg|Firefox|OPR|Chrome|Safari)\//.exec(userAgent)?.[1]
  const system = /(Android|iPhone|iPad|Windows|Mac OS X|Linux)/.exec(userAgent)?.[1]
  const name = browser === 'Edg' ? 'Edge' : browser === 'OPR' ? 'Opera' : browser
  return [name, system].filter(Boolean).join(', ') || null
}

import '../../strings/areas/calls.ts'
import { useMutation } from '@tanstack/react-query'
import { Ban, CircleHelp, Mail, Phone, PhoneOff } from 'lucide-react'
import { useState } from 'react'
import type { CommandInput } from '#lib/calls/contract.ts'
import { orderCall } from '../../api/calls.ts'
import { useApi } from '../../api/context.tsx'
import type { LiveDetail } from '../../api/live.ts'
import { Button } from '../../parts/button.tsx'
import { Confirm, Dialog } from '../../parts/dialog.tsx'
import { TextField } from '../../parts/field.tsx'
import { Problem } from '../../parts/state.tsx'
import { useNow } from '../../platform/clock.tsx'
import { useStrings } from '../../strings/catalogue.tsx'
import { nameCaller } from '../call-names.ts'
import { useCanHear, useOwnTalk } from './own-talk.ts'
import { OwnTalkPanel, TakeHere, TalkTrouble } from './talk-here.tsx'

/** The owner's hand on a running call, and always a line that says what happens without it. */
export function Steering({ call }: { call: LiveDetail }) {
  const { t } = useStrings()
  const client = useApi()
  const [window, setWindow] = useState<'ask' | 'block' | null>(null)
  const order = useMutation({
    mutationFn: (command: CommandInput) => orderCall(client, call.callId, command),
    onSettled: () => setWindow(null),
  })
  const pending = order.isPending ? order.variables.kind : null
  const talk = useOwnTalk()
  const canHear = useCanHear()
  // a microphone that calls its own line has no telephone to ring
  const canRing = call.source === 'phone'
  const taken = takenBy(call)
  if (talk?.callId === call.callId && talk.step === 'talking') return <OwnTalkPanel talk={talk} />
  return (
    <section aria-label={t('live.steer')} className="grid gap-3">
      {taken === null ? (
        <Next call={call} />
      ) : (
        <p className="text-[14px] text-ink-2">{t('live.taken', { by: taken })}</p>
      )}
      <div className="grid grid-cols-2 gap-2.5">
        {taken === null && (
          <>
            <div className="col-span-2 grid gap-2.5 empty:hidden sm:auto-cols-fr sm:grid-flow-col">
              {canRing && (
                <Button size="big" look="main" busy={pending === 'take'} onClick={() => order.mutate({ kind: 'take' })}>
                  <Phone /> {t('live.take')}
                </Button>
              )}
              {canHear && <TakeHere call={call} look={canRing ? 'plain' : 'main'} />}
            </div>
            <Button size="big" onClick={() => setWindow('ask')}>
              <CircleHelp /> {t('live.ask')}
            </Button>
            <Button size="big" busy={pending === 'voicemail'} onClick={() => order.mutate({ kind: 'voicemail' })}>
              <Mail /> {t('live.voicemail')}
            </Button>
          </>
        )}
        <Button size="big" look="danger" onClick={() => setWindow('block')}>
          <Ban /> {t('live.block')}
        </Button>
        <Button size="big" busy={pending === 'hang_up'} onClick={() => order.mutate({ kind: 'hang_up' })}>
          <PhoneOff /> {t('live.hang_up')}
        </Button>
      </div>
      <TalkTrouble callId={call.callId} />
      {order.isError && <Problem error={order.error} />}
      <p role="status" className="sr-only">
        {order.isSuccess ? t('live.ordered') : ''}
      </p>
      {window === 'ask' && (
        <Ask
          onClose={() => setWindow(null)}
          onAsk={text => order.mutate({ kind: 'ask', text })}
          busy={pending === 'ask'}
        />
      )}
      <Confirm
        isOpen={window === 'block'}
        onClose={() => setWindow(null)}
        title={t('call.block_title', { who: nameCaller(call, t) })}
        action={t('live.block')}
        busy={pending === 'block'}
        onConfirm={() => order.mutate({ kind: 'block' })}
      >
        <p>{t('live.block_text')}</p>
      </Confirm>
    </section>
  )
}

/** Who talks with the caller by now; null while the assistant does. */
function takenBy({ timeline }: LiveDetail): string | null {
  const last = timeline.findLast(({ kind }) => kind === 'joined' || kind === 'forward_result')
  return last?.kind === 'joined' && typeof last.data.by === 'string' ? last.data.by : null
}

/** "Listening. If you do nothing: rings you in 4 s." */
function Next({ call }: { call: LiveDetail }) {
  const { t, said } = useStrings()
  const now = useNow(500)
  const doing = call.doing ?? lastDoing(call)
  const seconds = doing?.nextAtMs === undefined ? 0 : Math.max(0, Math.ceil((doing.nextAtMs - now) / 1000))
  return (
    <p className="text-[14px] text-ink-2">
      {t('live.doing', { doing: doing ? said(doing.doing) : t('live.listening') })}{' '}
      {doing?.next
        ? seconds > 0
          ? t('live.next_in', { next: said(doing.next), seconds })
          : t('live.next', { next: said(doing.next) })
        : t('live.next', { next: t('live.goes_on') })}
    </p>
  )
}

function lastDoing(call: LiveDetail): LiveDetail['doing'] {
  const event = call.timeline.findLast(each => each.kind === 'doing')
  if (!event || typeof event.data.doing !== 'string') return undefined
  const inMs = event.data.nextInMs
  return {
    doing: event.data.doing,
    next: typeof event.data.next === 'string' ? event.data.next : undefined,
    nextAtMs: typeof inMs === 'number' ? Date.parse(event.createdAt) + inMs : undefined,
  }
}

function Ask({ onClose, onAsk, busy }: { onClose(): void; onAsk(text: string): void; busy: boolean }) {
  const { t } = useStrings()
  const [text, setText] = useState('')
  const suggestions = [t('live.ask_who'), t('live.ask_what'), t('live.ask_later')]
  return (
    <Dialog isOpen onClose={onClose} title={t('live.ask_title')} lead={t('live.ask_lead')}>
      <form
        className="grid gap-4"
        onSubmit={event => {
          event.preventDefault()
          if (text.trim()) onAsk(text.trim())
        }}
      >
        <TextField
          label={t('live.ask_text')}
          maxLength={500}
          value={text}
          autoFocus
          onChange={event => setText(event.target.value)}
        />
        <ul className="flex flex-wrap gap-2">
          {suggestions.map(suggestion => (
            <li key={suggestion}>
              <Button size="small" onClick={() => setText(suggestion)}>
                {suggestion}
              </Button>
            </li>
          ))}
        </ul>
        <Button type="submit" look="main" busy={busy} disabled={!text.trim()}>
          {t('live.ask')}
        </Button>
      </form>
    </Dialog>
  )
}

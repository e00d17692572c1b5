import '../../strings/areas/calls.ts'
import { useQueryClient } from '@tanstack/react-query'
import { ArrowRight, RotateCcw, SendHorizontal } from 'lucide-react'
import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import type { DecisionDto } from '#lib/calls/contract.ts'
import { addTurn, startTry } from '../../api/calls.ts'
import { useApi } from '../../api/context.tsx'
import { Bubble } from '../../parts/bubble.tsx'
import { Button, ButtonLink } from '../../parts/button.tsx'
import { Card, Page } from '../../parts/card.tsx'
import { inputStyle, TextField } from '../../parts/field.tsx'
import { Ladder } from '../../parts/ladder.tsx'
import { Problem } from '../../parts/state.tsx'
import { ActionTag } from '../../parts/tag.tsx'
import { useFormats } from '../../platform/clock.tsx'
import { useStrings } from '../../strings/catalogue.tsx'
import { WouldRing } from './would-ring.tsx'

const Microphone = lazy(() => import('./microphone.tsx').then(module => ({ default: module.Microphone })))

type Line = { who: 'caller' | 'assistant'; text: string; atMs: number }

/** Talk to one's own line before any telephone exists. */
export function TryScreen({ greeting }: { greeting: string }) {
  const { t } = useStrings()
  const [mode, setMode] = useState<'text' | 'voice'>('text')
  const [round, setRound] = useState(0)
  return (
    <Page
      title={t('try.title')}
      lead={t('try.lead')}
      wide
      aside={
        <>
          <Button aria-pressed={mode === 'voice'} onClick={() => setMode(mode === 'text' ? 'voice' : 'text')}>
            {mode === 'text' ? t('try.by_voice') : t('try.by_text')}
          </Button>
          {mode === 'text' && (
            <Button onClick={() => setRound(round + 1)}>
              <RotateCcw /> {t('try.again')}
            </Button>
          )}
        </>
      }
    >
      {mode === 'text' ? (
        <TextCall key={round} greeting={greeting} />
      ) : (
        <Suspense>
          <Microphone />
        </Suspense>
      )}
    </Page>
  )
}

function TextCall({ greeting }: { greeting: string }) {
  const { t, said } = useStrings()
  const formats = useFormats()
  const client = useApi()
  const queries = useQueryClient()
  const [callerNumber, setCallerNumber] = useState('+1 202 555 0143')
  const [lines, setLines] = useState<Line[]>([{ who: 'assistant', text: greeting, atMs: 0 }])
  const [decision, setDecision] = useState<DecisionDto | null>(null)
  const [tookMs, setTookMs] = useState<number | null>(null)
  const [typed, setTyped] = useState('')
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<unknown>(null)
  const startedAt = useRef<number | null>(null)
  const end = useRef<HTMLDivElement>(null)
  const input = useRef<HTMLTextAreaElement>(null)
  const isOver = decision !== null && decision.status !== 'in_progress'

  useEffect(() => {
    if (lines.length > 1) end.current?.scrollIntoView({ block: 'nearest' })
  }, [lines.length])

  async function say(text: string) {
    if (!text.trim() || isBusy || isOver) return
    startedAt.current ??= Date.now()
    const begun = performance.now()
    const line: Line = { who: 'caller', text: text.trim(), atMs: Date.now() - startedAt.current }
    setProblem(null)
    setBusy(true)
    setLines(known => [...known, line])
    setTyped('')
    try {
      const answer = decision
        ? await addTurn(client, decision.callId, line.text)
        : await startTry(client, {
            text: line.text,
            callerNumber: callerNumber.trim() || 'anonymous',
            calledNumber: '',
          })
      setDecision(answer)
      setTookMs(performance.now() - begun)
      const reply = answer.say ?? answer.message
      setLines(known => [
        ...known,
        { who: 'assistant', text: reply, atMs: Date.now() - (startedAt.current ?? Date.now()) },
      ])
      void queries.invalidateQueries({ queryKey: ['calls'] })
    } catch (error) {
      setProblem(error)
      // What was typed is not lost: it goes back into the box.
      setLines(known => known.filter(each => each !== line))
      setTyped(line.text)
    } finally {
      setBusy(false)
      input.current?.focus()
    }
  }

  return (
    <div className="grid gap-6 lg:grid-cols-[minmax(0,1fr)_300px] lg:gap-8">
      <div className="grid content-start gap-4">
        <TextField
          label={t('try.caller')}
          hint={t('try.caller_hint')}
          value={callerNumber}
          maxLength={64}
          disabled={lines.length > 1}
          onChange={event => setCallerNumber(event.target.value)}
          className="max-w-[320px]"
        />
        <ol className="grid gap-3" aria-label={t('call.transcript')} aria-live="polite">
          {lines.map((line, index) => (
            <Bubble
              // biome-ignore lint/suspicious/noArrayIndexKey: lines are only ever added at the end
              key={index}
              who={line.who}
              time={formats.clock(line.atMs)}
              speaker={t(line.who === 'caller' ? 'call.caller' : 'call.assistant')}
            >
              {line.text}
            </Bubble>
          ))}
          {isBusy && (
            <Bubble who="assistant" speaker={t('call.assistant')}>
              <span className="animate-breathe">{t('try.thinking')}</span>
            </Bubble>
          )}
        </ol>
        <div ref={end} />
        {problem !== null && <Problem error={problem} />}
        {isOver ? (
          <p className="flex flex-wrap items-center gap-3 rounded-md bg-sunk px-4 py-3 dark:bg-card">
            {t('try.over')}
            <ButtonLink href={`/inbox/${encodeURIComponent(decision.callId)}`} size="small">
              {t('try.open')} <ArrowRight />
            </ButtonLink>
          </p>
        ) : (
          <form
            className="grid gap-2"
            onSubmit={event => {
              event.preventDefault()
              void say(typed)
            }}
          >
            <div className="flex items-end gap-2">
              <label className="grid min-w-0 flex-1">
                <span className="sr-only">{t('try.say')}</span>
                <textarea
                  ref={input}
                  value={typed}
                  rows={1}
                  maxLength={4000}
                  placeholder={lines.length > 1 ? t('try.answer') : t('try.first')}
                  onChange={event => setTyped(event.target.value)}
                  onKeyDown={event => {
                    if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) {
                      event.preventDefault()
                      void say(typed)
                    }
                  }}
                  className={`${inputStyle} field-sizing-content max-h-40 resize-none`}
                />
              </label>
              <Button type="submit" look="main" size="icon" busy={isBusy} aria-label={t('try.send')}>
                <SendHorizontal />
              </Button>
            </div>
            {lines.length === 1 && (
              <ul className="flex flex-wrap gap-2" aria-label={t('try.examples')}>
                {[t('try.example_dentist'), t('try.example_urgent'), t('try.example_sales')].map(example => (
                  <li key={example}>
                    <Button
                      size="small"
                      className="!h-auto !whitespace-normal text-left"
                      onClick={() => setTyped(example)}
                    >
                      {example}
                    </Button>
                  </li>
                ))}
              </ul>
            )}
          </form>
        )}
      </div>
      <aside className="grid content-start gap-4" aria-live="polite">
        {decision ? (
          <Card className="grid gap-4 p-4.5">
            <div className="flex items-center justify-between gap-3">
              <h2 className="font-[620]">{t('try.decision')}</h2>
              <ActionTag action={decision.action} />
            </div>
            <p className="text-ink-2">{said(decision.reason)}</p>
            {decision.action === 'forward' && decision.destination && <WouldRing target={decision.destination} />}
            <Ladder rungs={decision.ladder} />
            <dl className="grid gap-1 border-t border-line pt-3 text-small text-ink-2">
              <Row name={t('call.decided_by')} value={t(`decided_by.${decision.decidedBy}`)} />
              <Row name={t('try.model')} value={decision.model ?? t('try.no_model')} />
              <Row name={t('stage.decision')} value={formats.latency(decision.tookMs)} />
              {tookMs !== null && <Row name={t('try.round_trip')} value={formats.latency(tookMs)} />}
            </dl>
          </Card>
        ) : (
          <p className="text-ink-2">{t('try.hint')}</p>
        )}
      </aside>
    </div>
  )
}

function Row({ name, value }: { name: string; value: string }) {
  return (
    <div className="flex justify-between gap-3">
      <dt>{name}</dt>
      <dd className="font-[540] text-ink">{value}</dd>
    </div>
  )
}

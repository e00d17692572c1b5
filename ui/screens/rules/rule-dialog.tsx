import '../../strings/areas/calls.ts'
import '../../strings/areas/house.ts'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { Line } from '#lib/lines/contract.ts'
import type { NewRule, Rule } from '#lib/rules/contract.ts'
import { useApi } from '../../api/context.tsx'
import { addRule, changeRule } from '../../api/household.ts'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { Checkbox, Select, TextField } from '../../parts/field.tsx'
import { usePlaced } from '../../parts/form.ts'
import { Problem } from '../../parts/state.tsx'
import { actionLook } from '../../parts/tag.tsx'
import { forgetKept, useKept } from '../../platform/kept.ts'
import { useStrings } from '../../strings/catalogue.tsx'
import { HoursField, isSimple } from './hours-field.tsx'
import { sayRule } from './sentence.ts'

const groups = ['*', 'strangers', 'known', 'favourites', 'anonymous'] as const
type Who = (typeof groups)[number] | 'number' | 'begins'

function whoOf(caller: string | null): Who {
  if (!caller) return '*'
  const group = groups.find(each => each === caller)
  return group ?? (caller.endsWith('*') ? 'begins' : 'number')
}

type Parts = {
  who: Who
  number: string
  hours: Rule['hours'] | null
  lineId: number | null
  action: Rule['action']
  destination: string
  question: string
}

type RuleDialogProps = { rule?: Rule | undefined; lines: readonly Line[]; onClose(): void; onSaved(): void }

/** A rule put together from its parts, read out as a sentence while it grows. */
export function RuleDialog({ rule, lines, onClose, onSaved }: RuleDialogProps) {
  const strings = useStrings()
  const { t } = strings
  const client = useApi()
  const draftName = `rule.${rule?.id ?? 'new'}`
  const [parts, setParts] = useKept<Parts>(draftName, {
    who: whoOf(rule?.caller ?? null),
    number: rule?.caller && whoOf(rule.caller).match(/number|begins/) ? rule.caller.replace(/\*$/, '') : '',
    hours: rule?.hours ?? null,
    lineId: rule?.lineId ?? null,
    action: rule?.action ?? 'voicemail',
    destination: rule?.destination ?? '',
    question: rule?.question ?? '',
  })
  const { who, number, hours, lineId, action, destination, question } = parts
  const set = (change: Partial<Parts>) => setParts({ ...parts, ...change })
  const [numberProblem, setNumberProblem] = useState<string>()
  const destinations = lines.filter(line => lineId === null || line.id === lineId).flatMap(line => line.destinations)
  const compact = number.replace(/[\s().\-/]/g, '')
  const caller = who === 'number' ? compact : who === 'begins' ? `${compact}*` : who

  const draft: NewRule = {
    caller: caller === '*' ? null : caller,
    hours: hours?.length ? hours : null,
    lineId,
    action,
    destination: action === 'forward' ? destination || null : null,
    question: action === 'ask_question' ? question.trim() || null : null,
  }
  const save = useMutation({
    mutationFn: () => (rule ? changeRule(client, rule.id, draft) : addRule(client, { ...draft, isEnabled: true })),
    onSuccess: () => {
      forgetKept(draftName)
      onSaved()
    },
  })
  const { at, rest } = usePlaced(save.error, ['caller', 'question', 'destination'])

  function submit() {
    const needsNumber = who === 'number' || who === 'begins'
    const isNumber = /^\+?[0-9*#]{1,24}$/.test(compact)
    setNumberProblem(needsNumber && !isNumber ? t('people.number_bad') : undefined)
    if (!needsNumber || isNumber) save.mutate()
  }

  const leave = () => {
    forgetKept(draftName)
    onClose()
  }

  return (
    <Dialog isOpen wide onClose={leave} title={rule ? t('rules.edit') : t('rules.add')}>
      <form
        className="grid gap-4"
        noValidate
        onSubmit={event => {
          event.preventDefault()
          submit()
        }}
      >
        <p aria-live="polite" className="rounded-md bg-sunk px-4 py-3 text-lead [overflow-wrap:anywhere] dark:bg-paper">
          {sayRule(
            {
              caller: draft.caller ?? null,
              hours: draft.hours ?? null,
              source: rule?.source ?? null,
              action,
              destination: draft.destination ?? null,
              question: draft.question ?? null,
              lineId,
            },
            strings,
            lines.find(line => line.id === lineId)?.name,
          )}
        </p>
        {rest !== null && <Problem error={rest} />}
        <div className="grid gap-4 sm:grid-cols-2">
          <Select label={t('rules.who')} value={who} onChange={event => set({ who: event.target.value as Who })}>
            <option value="*">{t('rules.who_everybody')}</option>
            <option value="strangers">{t('rules.who_strangers')}</option>
            <option value="known">{t('rules.who_known')}</option>
            <option value="favourites">{t('rules.who_favourites')}</option>
            <option value="anonymous">{t('rules.who_anonymous')}</option>
            <option value="number">{t('rules.who_number')}</option>
            <option value="begins">{t('rules.who_begins')}</option>
          </Select>
          {(who === 'number' || who === 'begins') && (
            <TextField
              label={who === 'number' ? t('rules.number') : t('rules.beginning')}
              type="tel"
              placeholder={who === 'number' ? '+49 30 1234567' : '+49 30'}
              maxLength={40}
              value={number}
              error={numberProblem ?? at.caller}
              onChange={event => set({ number: event.target.value })}
            />
          )}
          {lines.length > 1 && (
            <Select
              label={t('rules.line')}
              value={lineId ?? ''}
              onChange={event => set({ lineId: event.target.value ? Number(event.target.value) : null })}
            >
              <option value="">{t('rules.every_line')}</option>
              {lines.map(line => (
                <option key={line.id} value={line.id}>
                  {line.name}
                </option>
              ))}
            </Select>
          )}
        </div>
        {isSimple(hours) ? (
          <>
            <Checkbox
              label={t('rules.only_at_times')}
              checked={hours !== null}
              onChange={event =>
                set({
                  hours: event.target.checked
                    ? [1, 2, 3, 4, 5, 6, 7].map(day => ({ day, from: '20:00', to: '07:00' }))
                    : null,
                })
              }
            />
            {hours && <HoursField hours={hours} onChange={changed => set({ hours: changed })} />}
          </>
        ) : (
          <Button size="small" className="justify-self-start" onClick={() => set({ hours: null })}>
            {t('rules.drop_hours')}
          </Button>
        )}
        <div className="grid gap-4 sm:grid-cols-2">
          <Select
            label={t('what_if.then')}
            value={action}
            onChange={event => set({ action: event.target.value as Rule['action'] })}
          >
            {(Object.keys(actionLook) as Rule['action'][]).map(each => (
              <option key={each} value={each}>
                {t(actionLook[each].key)}
              </option>
            ))}
          </Select>
          {action === 'forward' && (
            <Select
              label={t('rules.destination')}
              value={destination}
              error={at.destination}
              onChange={event => set({ destination: event.target.value })}
            >
              <option value="">{t('rules.first_destination')}</option>
              {destinations.map(each => (
                <option key={`${each.target} ${each.label}`} value={each.target}>
                  {each.label === each.target ? each.target : `${each.label} (${each.target})`}
                </option>
              ))}
            </Select>
          )}
        </div>
        {action === 'ask_question' && (
          <TextField
            label={t('rules.question')}
            placeholder={t('rules.question_hint')}
            maxLength={300}
            value={question}
            error={at.question}
            onChange={event => set({ question: event.target.value })}
          />
        )}
        <div className="flex flex-col-reverse gap-2 sm:flex-row sm:justify-end">
          <Button onClick={leave}>{t('dialog.cancel')}</Button>
          <Button type="submit" look="main" busy={save.isPending}>
            {t('save')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

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
import { Problem } from '../../parts/state.tsx'
import { actionLook } from '../../parts/tag.tsx'
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

type RuleDialogProps = { rule?: Rule | undefined; lines: readonly Line[]; onClose(): void; onSaved(): void }

/** A rule put together from its parts, read out as a sentence while it grows. */
export function RuleDialog({ rule, lines, onClose, onSaved }: RuleDialogProps) {
  const strings = useStrings()
  const { t } = strings
  const client = useApi()
  const [who, setWho] = useState<Who>(whoOf(rule?.caller ?? null))
  const [number, setNumber] = useState(
    rule?.caller && whoOf(rule.caller).match(/number|begins/) ? rule.caller.replace(/\*$/, '') : '',
  )
  const [hours, setHours] = useState(rule?.hours ?? null)
  const [lineId, setLineId] = useState(rule?.lineId ?? null)
  const [action, setAction] = useState<Rule['action']>(rule?.action ?? 'voicemail')
  const [destination, setDestination] = useState(rule?.destination ?? '')
  const [question, setQuestion] = useState(rule?.question ?? '')
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
    onSuccess: onSaved,
  })

  function submit() {
    const needsNumber = who === 'number' || who === 'begins'
    const isNumber = /^\+?[0-9*#]{1,24}$/.test(compact)
    setNumberProblem(needsNumber && !isNumber ? t('people.number_bad') : undefined)
    if (!needsNumber || isNumber) save.mutate()
  }

  return (
    <Dialog isOpen wide onClose={onClose} title={rule ? t('rules.edit') : t('rules.add')}>
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
        {save.isError && <Problem error={save.error} />}
        <div className="grid gap-4 sm:grid-cols-2">
          <Select label={t('rules.who')} value={who} onChange={event => setWho(event.target.value as Who)}>
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
              error={numberProblem}
              onChange={event => setNumber(event.target.value)}
            />
          )}
          {lines.length > 1 && (
            <Select
              label={t('rules.line')}
              value={lineId ?? ''}
              onChange={event => setLineId(event.target.value ? Number(event.target.value) : null)}
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
                setHours(
                  event.target.checked ? [1, 2, 3, 4, 5, 6, 7].map(day => ({ day, from: '20:00', to: '07:00' })) : null,
                )
              }
            />
            {hours && <HoursField hours={hours} onChange={setHours} />}
          </>
        ) : (
          <Button size="small" className="justify-self-start" onClick={() => setHours(null)}>
            {t('rules.drop_hours')}
          </Button>
        )}
        <div className="grid gap-4 sm:grid-cols-2">
          <Select
            label={t('what_if.then')}
            value={action}
            onChange={event => setAction(event.target.value as Rule['action'])}
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
              onChange={event => setDestination(event.target.value)}
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
            onChange={event => setQuestion(event.target.value)}
          />
        )}
        <div className="flex flex-col-reverse gap-2 sm:flex-row sm:justify-end">
          <Button onClick={onClose}>{t('dialog.cancel')}</Button>
          <Button type="submit" look="main" busy={save.isPending}>
            {t('save')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

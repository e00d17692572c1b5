import '../../strings/areas/calls.ts'
import '../../strings/areas/house.ts'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { CallAction, WhatIfInput } from '#lib/calls/contract.ts'
import { askWhatIf } from '../../api/calls.ts'
import { useApi } from '../../api/context.tsx'
import { listPeople, listRules } from '../../api/household.ts'
import type { LiveDetail } from '../../api/live.ts'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { Checkbox, Select, TextArea, TextField } from '../../parts/field.tsx'
import { Ladder } from '../../parts/ladder.tsx'
import { Problem } from '../../parts/state.tsx'
import { ActionTag, actionLook } from '../../parts/tag.tsx'
import { useStrings } from '../../strings/catalogue.tsx'
import { isWithheld } from '../call-names.ts'

/** The same call from somebody else, at another hour, against another rule, other instructions or no model. Nothing of it is stored. */
export function WhatIf({ call, onClose }: { call: LiveDetail; onClose(): void }) {
  const { t, said } = useStrings()
  const client = useApi()
  const rules = useQuery({ queryKey: ['rules'], queryFn: () => listRules(client) })
  const people = useQuery({ queryKey: ['people', 'what-if'], queryFn: () => listPeople(client, { limit: 200 }) })
  const [from, setFrom] = useState('')
  const [number, setNumber] = useState('')
  const [time, setTime] = useState('')
  const [caller, setCaller] = useState('')
  const [action, setAction] = useState<CallAction>('forward')
  const [prompt, setPrompt] = useState('')
  const [isWithoutModel, setWithoutModel] = useState(false)
  const ask = useMutation({
    mutationFn: () => {
      const input: WhatIfInput = {}
      if (caller) {
        const kept = (rules.data ?? []).map(({ id, position: _position, createdAt: _createdAt, ...rule }) => ({
          id,
          ...rule,
        }))
        input.rules = [{ name: t('what_if.try_rule'), isEnabled: true, caller, action }, ...kept]
      }
      if (prompt.trim()) input.prompt = prompt.trim()
      if (isWithoutModel) input.model = null
      if (from === 'withheld') input.callerNumber = ''
      else if (from === 'other' && number.trim()) input.callerNumber = number.trim()
      else if (from.startsWith('number ')) input.callerNumber = from.slice('number '.length)
      if (time) input.time = time
      return askWhatIf(client, call.callId, input)
    },
  })
  return (
    <Dialog isOpen wide onClose={onClose} title={t('what_if.title')} lead={t('what_if.lead')}>
      <form
        className="grid gap-4"
        onSubmit={event => {
          event.preventDefault()
          ask.mutate()
        }}
      >
        <div className="grid gap-4 sm:grid-cols-2">
          <Select label={t('what_if.caller')} value={from} onChange={event => setFrom(event.target.value)}>
            <option value="">{t('what_if.same_caller')}</option>
            {(people.data?.people ?? []).map(
              person =>
                person.numbers[0] && (
                  <option key={person.id} value={`number ${person.numbers[0].number}`}>
                    {person.name}
                  </option>
                ),
            )}
            <option value="withheld">{t('caller.withheld')}</option>
            <option value="other">{t('what_if.other_number')}</option>
          </Select>
          <TextField
            label={t('what_if.time')}
            hint={t('what_if.time_hint')}
            type="time"
            value={time}
            onChange={event => setTime(event.target.value)}
          />
          {from === 'other' && (
            <TextField
              label={t('what_if.number')}
              type="tel"
              maxLength={128}
              required
              placeholder="+49 30 1234567"
              value={number}
              onChange={event => setNumber(event.target.value)}
            />
          )}
        </div>
        <div className="grid gap-4 sm:grid-cols-2">
          <Select label={t('what_if.rule')} value={caller} onChange={event => setCaller(event.target.value)}>
            <option value="">{t('what_if.no_rule')}</option>
            {isWithheld(call.callerNumber) ? (
              <option value="anonymous">{t('pattern.anonymous')}</option>
            ) : (
              <option value={call.callerKey ?? call.callerNumber}>{t('what_if.this_number')}</option>
            )}
            <option value="strangers">{t('pattern.strangers')}</option>
            <option value="*">{t('pattern.everybody')}</option>
          </Select>
          <Select
            label={t('what_if.then')}
            value={action}
            disabled={!caller}
            onChange={event => setAction(event.target.value as CallAction)}
          >
            {(Object.keys(actionLook) as CallAction[]).map(each => (
              <option key={each} value={each}>
                {t(actionLook[each].key)}
              </option>
            ))}
          </Select>
        </div>
        <TextArea
          label={t('what_if.instructions')}
          hint={t('what_if.instructions_hint')}
          rows={2}
          maxLength={500}
          value={prompt}
          onChange={event => setPrompt(event.target.value)}
        />
        <Checkbox
          label={t('what_if.no_model')}
          checked={isWithoutModel}
          onChange={event => setWithoutModel(event.target.checked)}
        />
        <Button type="submit" look="main" busy={ask.isPending} className="justify-self-start">
          {t('what_if.run')}
        </Button>
      </form>
      <div aria-live="polite" className="mt-4 grid gap-3 empty:hidden">
        {ask.isError && <Problem error={ask.error} />}
        {ask.data && (
          <div className="grid gap-3 border-t border-line pt-4">
            <div className="flex flex-wrap items-center gap-2">
              <ActionTag action={call.action} />
              <span aria-hidden>→</span>
              <ActionTag action={ask.data.action} />
              <span className="text-ink-2">
                {ask.data.action === call.action ? t('what_if.same') : t('what_if.other')}
              </span>
            </div>
            <p>{said(ask.data.reason)}</p>
            <Ladder rungs={ask.data.ladder} />
          </div>
        )}
      </div>
    </Dialog>
  )
}

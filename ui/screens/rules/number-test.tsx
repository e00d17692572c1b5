import '../../strings/areas/house.ts'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useApi } from '../../api/context.tsx'
import { testRules } from '../../api/household.ts'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { TextField } from '../../parts/field.tsx'
import { Ladder } from '../../parts/ladder.tsx'
import { Problem } from '../../parts/state.tsx'
import { ActionTag } from '../../parts/tag.tsx'
import { useStrings } from '../../strings/catalogue.tsx'

/** "What would happen if this number called now, or then?" */
export function NumberTest() {
  const { t, said } = useStrings()
  const client = useApi()
  const [number, setNumber] = useState('')
  const [at, setAt] = useState('')
  const test = useMutation({
    mutationFn: () =>
      testRules(client, {
        callerNumber: number.trim() || 'anonymous',
        ...(at ? { at: new Date(at).toISOString() } : {}),
      }),
  })
  return (
    <Card className="grid gap-4 p-4.5">
      <h2 className="font-[620]">{t('rules.test')}</h2>
      <form
        className="grid gap-3"
        onSubmit={event => {
          event.preventDefault()
          test.mutate()
        }}
      >
        <TextField
          label={t('rules.number')}
          hint={t('rules.test_hint')}
          type="tel"
          maxLength={128}
          value={number}
          onChange={event => setNumber(event.target.value)}
        />
        <TextField
          label={t('rules.test_at')}
          type="datetime-local"
          value={at}
          onChange={event => setAt(event.target.value)}
        />
        <Button type="submit" busy={test.isPending}>
          {t('rules.test_run')}
        </Button>
      </form>
      <div aria-live="polite" className="grid gap-3 empty:hidden">
        {test.isError && <Problem error={test.error} />}
        {test.data && (
          <>
            <p className="flex flex-wrap items-center gap-2 border-t border-line pt-3.5">
              {test.data.action ? (
                <ActionTag action={test.data.action} />
              ) : (
                <span className="font-[560]">{t('rules.test_talk')}</span>
              )}
              <span className="text-ink-2">{said(test.data.reason)}</span>
            </p>
            <Ladder rungs={test.data.ladder} />
          </>
        )}
      </div>
    </Card>
  )
}

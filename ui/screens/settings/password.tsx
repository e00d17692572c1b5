import '../../strings/areas/account.ts'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { changePassword } from '../../api/account.ts'
import { useApi } from '../../api/context.tsx'
import { Button } from '../../parts/button.tsx'
import { Card, Section } from '../../parts/card.tsx'
import { PasswordField } from '../../parts/field.tsx'
import { Problem } from '../../parts/state.tsx'
import { tell } from '../../parts/toast.tsx'
import { useStrings } from '../../strings/catalogue.tsx'
import { useWeakness } from '../account/register-screen.tsx'

export function PasswordSettings() {
  const { t } = useStrings()
  const client = useApi()
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const [isTried, setTried] = useState(false)
  const weakness = useWeakness(next)
  const change = useMutation({
    mutationFn: () => changePassword(client, { current, next }),
    onSuccess: () => {
      setCurrent('')
      setNext('')
      setTried(false)
      tell(t('settings.password_changed'))
    },
  })
  return (
    <Section title={t('settings.password')} hint={t('settings.password_hint')}>
      <Card className="p-4.5">
        <form
          className="grid gap-4"
          noValidate
          onSubmit={event => {
            event.preventDefault()
            setTried(true)
            if (current && !weakness) change.mutate()
          }}
        >
          <div className="grid gap-4 sm:grid-cols-2">
            <PasswordField
              label={t('settings.password_current')}
              autoComplete="current-password"
              value={current}
              error={isTried && !current ? t('field.required') : undefined}
              onChange={event => setCurrent(event.target.value)}
            />
            <PasswordField
              label={t('settings.password_next')}
              autoComplete="new-password"
              value={next}
              error={isTried && weakness ? weakness : undefined}
              hint={next ? (weakness ?? t('register.password_good')) : t('register.password_hint')}
              onChange={event => setNext(event.target.value)}
            />
          </div>
          {change.isError && <Problem error={change.error} />}
          <Button type="submit" className="justify-self-start" busy={change.isPending}>
            {t('settings.password_change')}
          </Button>
        </form>
      </Card>
    </Section>
  )
}

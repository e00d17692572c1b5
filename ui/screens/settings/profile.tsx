import '../../strings/areas/account.ts'
import { useMutation } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import type { Account, AccountChange } from '#lib/accounts/contract.ts'
import { changeAccount } from '../../api/account.ts'
import { useApi } from '../../api/context.tsx'
import { Button } from '../../parts/button.tsx'
import { Card, Section } from '../../parts/card.tsx'
import { PasswordField, Select, TextField } from '../../parts/field.tsx'
import { usePlaced } from '../../parts/form.ts'
import { Problem } from '../../parts/state.tsx'
import { tell } from '../../parts/toast.tsx'
import { useFormats } from '../../platform/clock.tsx'
import { forgetKept, useKept } from '../../platform/kept.ts'
import { usePlatform } from '../../platform/port.ts'
import { useStrings } from '../../strings/catalogue.tsx'

export function ProfileSettings({ account }: { account: Account }) {
  const { t } = useStrings()
  const client = useApi()
  const platform = usePlatform()
  const formats = useFormats()
  const [email, setEmail] = useKept('profile.email', account.email)
  const [language, setLanguage] = useState(account.language)
  const [timeZone, setTimeZone] = useState(account.timeZone)
  const [password, setPassword] = useState('')
  const zones = useMemo(() => {
    const all = Intl.supportedValuesOf('timeZone')
    return all.includes(account.timeZone) ? all : [account.timeZone, ...all]
  }, [account.timeZone])
  const isNewEmail = email.trim() !== account.email
  const isChanged = isNewEmail || language !== account.language || timeZone !== account.timeZone
  const save = useMutation({
    mutationFn: () => {
      const change: AccountChange = { language, timeZone }
      return changeAccount(client, isNewEmail ? { ...change, email: email.trim(), password } : change)
    },
    onSuccess: () => {
      setPassword('')
      forgetKept('profile.email')
      tell(t('settings.saved'))
      // Words and times come from the server's layout.
      platform.refresh()
    },
  })
  const { at, rest } = usePlaced(save.error, ['email', 'password'])
  return (
    <Section title={t('settings.profile')} hint={t('settings.member_since', { date: formats.date(account.createdAt) })}>
      <Card className="p-4.5">
        <form
          className="grid gap-4"
          noValidate
          onSubmit={event => {
            event.preventDefault()
            save.mutate()
          }}
        >
          <TextField
            label={t('register.email')}
            type="email"
            autoComplete="email"
            maxLength={254}
            value={email}
            error={at.email}
            onChange={event => setEmail(event.target.value)}
          />
          {isNewEmail && (
            <PasswordField
              label={t('settings.password_proof')}
              hint={t('settings.password_proof_hint')}
              autoComplete="current-password"
              value={password}
              error={at.password}
              onChange={event => setPassword(event.target.value)}
            />
          )}
          <div className="grid gap-4 sm:grid-cols-2">
            <Select
              label={t('settings.language')}
              value={language}
              onChange={event => setLanguage(event.target.value as Account['language'])}
            >
              <option value="en">{t('language.en')}</option>
              <option value="de">{t('language.de')}</option>
            </Select>
            <Select
              label={t('settings.time_zone')}
              value={timeZone}
              onChange={event => setTimeZone(event.target.value)}
            >
              {zones.map(zone => (
                <option key={zone} value={zone}>
                  {zone.replaceAll('_', ' ')}
                </option>
              ))}
            </Select>
          </div>
          {rest !== null && <Problem error={rest} />}
          <Button type="submit" look="main" className="justify-self-start" busy={save.isPending} disabled={!isChanged}>
            {t('save')}
          </Button>
        </form>
      </Card>
    </Section>
  )
}

import '../../strings/areas/account.ts'
import { useEffect, useState } from 'react'
import { setUp } from '../../api/account.ts'
import { useApi } from '../../api/context.tsx'
import { Button } from '../../parts/button.tsx'
import { PasswordField, TextField } from '../../parts/field.tsx'
import { useCheckedForm } from '../../parts/form.ts'
import { forgetKept } from '../../platform/kept.ts'
import { usePlatform } from '../../platform/port.ts'
import { useStrings } from '../../strings/catalogue.tsx'
import { Entry, FormProblem } from './entry.tsx'

type Values = { username: string; email: string; password: string }

type RegisterProps = {
  /** The administrator's set-up link. */
  ticket?: string | undefined
  invite?: string | undefined
  /** Nobody may register here without an invitation. */
  isClosed?: boolean
}

/** A new account: for anybody who may register, or with the set-up link the first administrator. */
export function RegisterScreen({ ticket, invite, isClosed = false }: RegisterProps) {
  const { t } = useStrings()
  const { Link } = usePlatform()
  const foot = (
    <>
      {t('register.have_account')}{' '}
      <Link href="/login" className="font-[560] text-accent-ink underline underline-offset-2">
        {t('login.submit')}
      </Link>
    </>
  )
  if (isClosed && !ticket) {
    return (
      <Entry title={t('register.closed')} foot={foot}>
        <p className="text-ink-2">{t('register.closed_hint')}</p>
      </Entry>
    )
  }
  return (
    <Entry
      title={ticket ? t('setup.title') : t('register.title')}
      lead={ticket ? t('setup.lead') : t('register.lead')}
      foot={ticket ? undefined : foot}
    >
      <RegisterForm ticket={ticket} invite={invite} />
    </Entry>
  )
}

function RegisterForm({ ticket, invite }: RegisterProps) {
  const { t, language } = useStrings()
  const client = useApi()
  const platform = usePlatform()
  const draft = ticket ? 'setup' : 'register'
  const form = useCheckedForm<Values>({
    draft,
    defaults: { username: '', email: '', password: '' },
    schema: async () =>
      (await import('#lib/accounts/contract.ts')).Registration.pick({ username: true, email: true, password: true }),
  })
  const { errors, isSubmitting } = form.formState
  const password = form.watch('password')
  const weakness = useWeakness(password)

  const submit = form.handleSubmit(async values => {
    if (weakness) return form.setError('password', { message: weakness }, { shouldFocus: true })
    try {
      const account = { ...values, language, timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone }
      if (ticket) await setUp(client, { ...account, ticket })
      else await platform.session.register(client, { ...account, ...(invite ? { invite } : {}) })
      forgetKept(draft)
      platform.restart(ticket ? '/welcome' : '/try')
    } catch (error) {
      form.refuse(error)
    }
  })

  return (
    // By post: sent before the script is there, a password must not end up in the address.
    <form method="post" className="grid gap-4" noValidate onSubmit={submit}>
      <FormProblem>{form.problem}</FormProblem>
      <TextField
        label={t('register.username')}
        hint={t('register.username_hint')}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        error={errors.username?.message}
        {...form.register('username')}
      />
      <TextField
        label={t('register.email')}
        type="email"
        autoComplete="email"
        error={errors.email?.message}
        {...form.register('email')}
      />
      <PasswordField
        label={t('register.password')}
        autoComplete="new-password"
        error={errors.password?.message}
        hint={
          <span aria-live="polite" className={password && !weakness ? 'text-accent-ink' : undefined}>
            {!password ? t('register.password_hint') : (weakness ?? t('register.password_good'))}
          </span>
        }
        {...form.register('password')}
      />
      <Button type="submit" look="main" wide busy={isSubmitting}>
        {ticket ? t('setup.submit') : t('register.submit')}
      </Button>
    </form>
  )
}

/** Why the service would refuse this password, in its own words and the reader's language. */
export function useWeakness(password: string): string | null {
  const { said } = useStrings()
  const [weakness, setWeakness] = useState<string | null>(null)
  useEffect(() => {
    let isCurrent = true
    void import('#lib/accounts/contract.ts').then(({ weaknessOf }) => isCurrent && setWeakness(weaknessOf(password)))
    return () => {
      isCurrent = false
    }
  }, [password])
  return weakness && said(weakness)
}

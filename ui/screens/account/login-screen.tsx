import '../../strings/areas/account.ts'
import { useState } from 'react'
import { useApi } from '../../api/context.tsx'
import { ApiError } from '../../api/problem.ts'
import { Button } from '../../parts/button.tsx'
import { Checkbox, PasswordField, TextField } from '../../parts/field.tsx'
import { useProblemText } from '../../parts/state.tsx'
import { useKept } from '../../platform/kept.ts'
import { usePlatform } from '../../platform/port.ts'
import { useStrings } from '../../strings/catalogue.tsx'
import { Entry, FormProblem } from './entry.tsx'
import { PasskeyButton } from './passkey-button.tsx'

type LoginProps = {
  /** Where the person wanted to go. */
  next: string
  hasEnded: boolean
  canRegister: boolean
}

export function LoginScreen({ next, hasEnded, canRegister }: LoginProps) {
  const { t } = useStrings()
  const { Link } = usePlatform()
  const [ticket, setTicket] = useState<string | null>(null)
  if (ticket) return <CodeScreen ticket={ticket} next={next} onBack={() => setTicket(null)} />
  return (
    <Entry
      title={t('login.title')}
      lead={hasEnded ? t('login.ended') : undefined}
      foot={
        canRegister && (
          <>
            {t('login.no_account')}{' '}
            <Link href="/register" className="font-[560] text-accent-ink underline underline-offset-2">
              {t('login.register')}
            </Link>
          </>
        )
      }
    >
      <PasswordForm next={next} onSecondFactor={setTicket} />
    </Entry>
  )
}

function PasswordForm({ next, onSecondFactor }: { next: string; onSecondFactor(ticket: string): void }) {
  const { t } = useStrings()
  const client = useApi()
  const platform = usePlatform()
  const say = useProblemText()
  const [username, setUsername] = useKept('login.username', '')
  const [password, setPassword] = useState('')
  const [remember, setRemember] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const [isMissing, setMissing] = useState(false)
  const [isBusy, setBusy] = useState(false)

  async function submit() {
    setProblem(null)
    setMissing(!username.trim() || !password)
    if (!username.trim() || !password) return
    setBusy(true)
    try {
      await platform.session.signIn(client, { username: username.trim(), password, remember })
      platform.restart(next)
    } catch (error) {
      setBusy(false)
      const ticket = error instanceof ApiError ? error.body.secondFactor : null
      if (typeof ticket === 'string') return onSecondFactor(ticket)
      setProblem(say(error))
    }
  }

  return (
    // By post: sent before the script is there, a password must not end up in the address.
    <form
      method="post"
      className="grid gap-4"
      noValidate
      onSubmit={event => {
        event.preventDefault()
        void submit()
      }}
    >
      <FormProblem>{problem}</FormProblem>
      <TextField
        label={t('login.username')}
        name="username"
        autoComplete="username webauthn"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={320}
        value={username}
        error={isMissing && !username.trim() ? t('field.required') : undefined}
        onChange={event => setUsername(event.target.value)}
      />
      <PasswordField
        label={t('login.password')}
        name="password"
        autoComplete="current-password"
        value={password}
        error={isMissing && !password ? t('field.required') : undefined}
        onChange={event => setPassword(event.target.value)}
      />
      <Checkbox
        name="remember"
        label={t('login.remember')}
        checked={remember}
        onChange={event => setRemember(event.target.checked)}
      />
      <Button type="submit" look="main" wide busy={isBusy}>
        {t('login.submit')}
      </Button>
      <PasskeyButton remember={remember} onDone={() => platform.restart(next)} />
    </form>
  )
}

function CodeScreen({ ticket, next, onBack }: { ticket: string; next: string; onBack(): void }) {
  const { t } = useStrings()
  const client = useApi()
  const platform = usePlatform()
  const say = useProblemText()
  const [code, setCode] = useState('')
  const [problem, setProblem] = useState<string>()
  const [isBusy, setBusy] = useState(false)
  async function submit() {
    setBusy(true)
    try {
      await platform.session.signInWithCode(client, ticket, code.trim())
      platform.restart(next)
    } catch (error) {
      setBusy(false)
      setProblem(say(error))
    }
  }
  return (
    <Entry title={t('login.code_title')} lead={t('login.code_lead')}>
      <form
        className="grid gap-4"
        onSubmit={event => {
          event.preventDefault()
          void submit()
        }}
      >
        <TextField
          label={t('login.code')}
          autoComplete="one-time-code"
          spellCheck={false}
          maxLength={20}
          autoFocus
          value={code}
          error={problem}
          onChange={event => setCode(event.target.value)}
        />
        <Button type="submit" look="main" wide busy={isBusy} disabled={!code.trim()}>
          {t('login.submit')}
        </Button>
        <Button look="bare" wide onClick={onBack}>
          {t('back')}
        </Button>
      </form>
    </Entry>
  )
}

import { useState } from 'react'
import { Button } from '#ui/parts/button.tsx'
import { Checkbox, TextField } from '#ui/parts/field.tsx'
import { judgeTransport } from '#ui/platform/transport-rule.ts'
import { Entry } from '#ui/screens/account/entry.tsx'
import { useStrings } from '#ui/strings/catalogue.tsx'
import { type Check, checkServer, normaliseAddress } from '../server-address.ts'

type Problem = Exclude<Check, 'fine'> | null

/** The first screen of all: where the person's server is. Nothing else works before it is known. */
export function ConnectScreen({
  offered,
  onConnected,
}: {
  offered: string
  onConnected(address: string): Promise<void>
}) {
  const { t } = useStrings()
  const [typed, setTyped] = useState(offered)
  const [isPlainFine, setPlainFine] = useState(false)
  const [problem, setProblem] = useState<Problem>(null)
  const [isBusy, setBusy] = useState(false)
  const address = normaliseAddress(typed)
  const isPlain = judgeTransport(address) === 'private_plain'

  async function connect() {
    setProblem(null)
    setBusy(true)
    const result = await checkServer(address)
    if (result === 'fine') await onConnected(address)
    else setProblem(result)
    setBusy(false)
  }

  return (
    <Entry title={t('connect.title')} lead={t('connect.lead')}>
      <form
        className="grid gap-4"
        noValidate
        onSubmit={event => {
          event.preventDefault()
          void connect()
        }}
      >
        <TextField
          label={t('connect.address')}
          hint={t('connect.example')}
          type="url"
          inputMode="url"
          autoComplete="url"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={300}
          value={typed}
          error={problem ? t(`connect.${problem}`) : undefined}
          onChange={event => {
            setTyped(event.target.value)
            setProblem(null)
          }}
        />
        {isPlain && (
          <div className="grid gap-3 rounded-s bg-amber-soft px-3 py-2.5 text-amber">
            <p>{t('connect.plain')}</p>
            <Checkbox
              label={t('connect.plain_confirm')}
              checked={isPlainFine}
              onChange={event => setPlainFine(event.target.checked)}
            />
          </div>
        )}
        <Button type="submit" look="main" wide busy={isBusy} disabled={!typed.trim() || (isPlain && !isPlainFine)}>
          {t('connect.submit')}
        </Button>
      </form>
    </Entry>
  )
}

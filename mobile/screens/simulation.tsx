import { useState } from 'react'
import { Button } from '#ui/parts/button.tsx'
import { TextField } from '#ui/parts/field.tsx'
import { useStrings } from '#ui/strings/catalogue.tsx'
import { CallScreen, type Simulated } from '../call-screen.ts'

/** Asks the server about a made-up call over the same road as a real one: the phone's key, its time-out, its verdict. */
export function Simulation() {
  const { t } = useStrings()
  const [number, setNumber] = useState('')
  const [result, setResult] = useState<Simulated | null>(null)
  const [problem, setProblem] = useState<string>()
  const [isBusy, setBusy] = useState(false)

  async function ask() {
    setBusy(true)
    setProblem(undefined)
    setResult(null)
    try {
      setResult(await CallScreen.simulate({ number }))
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error))
    }
    setBusy(false)
  }

  return (
    <form
      className="grid gap-3 border-t border-line pt-4"
      onSubmit={event => {
        event.preventDefault()
        void ask()
      }}
    >
      <div>
        <h3 className="font-[560]">{t('phone.simulate')}</h3>
        <p className="text-small text-ink-2">{t('phone.simulate_lead')}</p>
      </div>
      <TextField
        label={t('phone.number')}
        type="tel"
        autoComplete="off"
        maxLength={40}
        value={number}
        error={problem}
        onChange={event => setNumber(event.target.value)}
      />
      <Button type="submit" busy={isBusy} disabled={!number.trim()}>
        {t('phone.ask')}
      </Button>
      <p aria-live="polite" className="min-h-6">
        {result && (
          <>
            <strong className="font-[600]">{t(`phone.${result.treatment}`)}</strong> {result.reason}{' '}
            <span className="text-ink-3">{t('phone.took', { ms: result.tookMs })}</span>
          </>
        )}
      </p>
    </form>
  )
}

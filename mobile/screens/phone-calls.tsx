import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useApi } from '#ui/api/provider.tsx'
import { Button } from '#ui/parts/button.tsx'
import { Card, Section } from '#ui/parts/card.tsx'
import { Confirm } from '#ui/parts/dialog.tsx'
import { Skeleton, useProblemText } from '#ui/parts/state.tsx'
import { tellProblem } from '#ui/parts/toast.tsx'
import { usePlatform } from '#ui/platform/port.ts'
import { useStrings } from '#ui/strings/catalogue.tsx'
import { CallScreen, type ScreenMode, type ScreenStatus } from '../call-screen.ts'
import { addOwnKey } from '../own-keys.ts'
import { phoneName } from '../phone-name.ts'
import { Simulation } from './simulation.tsx'

const modes = ['off', 'report', 'screen'] as const
const statusKey = ['phone', 'status']

/** Settings of the phone's own calls: off until their owner agrees, with a narrow key of this phone. */
export function PhoneCalls({ username }: { username: string }) {
  const { t, tn } = useStrings()
  const queries = useQueryClient()
  const status = useQuery({ queryKey: statusKey, queryFn: () => CallScreen.status() })
  const [wanted, setWanted] = useState<ScreenMode | null>(null)
  const change = useModeChange(username, fresh => queries.setQueryData(statusKey, fresh))

  if (!status.data) return <Skeleton className="h-32 !rounded-m" />
  const { isSupported, hasRole, mode, isConnected, waiting } = status.data

  function choose(next: ScreenMode) {
    if (next === mode) return
    if (next !== 'off' && !isConnected) setWanted(next)
    else void change.run(next, isConnected)
  }

  return (
    <Section title={t('phone.title')} hint={t('phone.lead')}>
      <Card className="grid gap-4 p-4">
        {!isSupported && <p className="text-ink-2">{t('phone.unsupported')}</p>}
        {isSupported && (
          <>
            <Modes mode={mode} isBusy={change.isBusy} onChoose={choose} />
            {mode !== 'off' && !hasRole && (
              <div role="alert" className="grid gap-2 rounded-s bg-amber-soft px-3 py-2.5 text-amber">
                <p>{t('phone.role_missing')}</p>
                <Button size="small" onClick={() => void change.run(mode, isConnected)}>
                  {t('phone.role_ask')}
                </Button>
              </div>
            )}
            {waiting > 0 && <p className="text-small text-ink-2">{tn('phone.waiting', waiting)}</p>}
            {isConnected && <Simulation />}
          </>
        )}
      </Card>
      <Consent
        isOpen={wanted !== null}
        onClose={() => setWanted(null)}
        onAgree={() => {
          if (wanted) void change.run(wanted, false)
          setWanted(null)
        }}
      />
    </Section>
  )
}

/** Connects with a key of this phone, asks Android for the role, then switches the mode. */
function useModeChange(username: string, onStatus: (status: ScreenStatus) => void) {
  const client = useApi()
  const { serverUrl } = usePlatform()
  const say = useProblemText()
  const [isBusy, setBusy] = useState(false)

  async function run(mode: ScreenMode, isConnected: boolean) {
    setBusy(true)
    try {
      if (mode !== 'off') {
        if (!isConnected) {
          const name = phoneName()
          const { key } = await addOwnKey(client, username, 'calls', { name, kind: 'device', scopes: ['calls:report'] })
          onStatus(await CallScreen.connect({ server: serverUrl, deviceKey: key, label: name }))
        }
        onStatus(await CallScreen.requestRole())
      }
      onStatus(await CallScreen.setMode({ mode }))
    } catch (error) {
      tellProblem(error instanceof Error && error.message ? error.message : say(error))
    } finally {
      setBusy(false)
    }
  }
  return { run, isBusy }
}

function Modes({ mode, isBusy, onChoose }: { mode: ScreenMode; isBusy: boolean; onChoose(mode: ScreenMode): void }) {
  const { t } = useStrings()
  return (
    <fieldset className="grid gap-1" disabled={isBusy}>
      <legend className="mb-1 font-[560]">{t('phone.mode')}</legend>
      {modes.map(each => (
        <label key={each} className="flex gap-3 rounded-s px-2 py-2 has-checked:bg-accent-soft">
          <input
            type="radio"
            name="phone-mode"
            className="mt-1 accent-accent"
            checked={mode === each}
            onChange={() => onChoose(each)}
          />
          <span>
            <span className="font-[560]">{t(`phone.${each}`)}</span>
            <span className="block text-small text-ink-2">{t(`phone.${each}_hint`)}</span>
          </span>
        </label>
      ))}
    </fieldset>
  )
}

function Consent({ isOpen, onClose, onAgree }: { isOpen: boolean; onClose(): void; onAgree(): void }) {
  const { t } = useStrings()
  const { serverUrl } = usePlatform()
  return (
    <Confirm
      isOpen={isOpen}
      onClose={onClose}
      title={t('phone.consent_title')}
      action={t('phone.agree')}
      onConfirm={onAgree}
    >
      {t('phone.consent', { server: serverUrl })}
    </Confirm>
  )
}

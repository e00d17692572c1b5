import '../../strings/areas/account.ts'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Fingerprint, Trash2 } from 'lucide-react'
import { useEffect, useState } from 'react'
import { listPasskeys, removePasskey } from '../../api/account.ts'
import { useApi } from '../../api/context.tsx'
import { Button } from '../../parts/button.tsx'
import { Card, Section } from '../../parts/card.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { Proof } from '../../parts/proof.tsx'
import { Problem, useProblemText } from '../../parts/state.tsx'
import { tellProblem } from '../../parts/toast.tsx'
import { useFormats } from '../../platform/clock.tsx'
import { useStrings } from '../../strings/catalogue.tsx'
import { nameDevice } from './sessions.tsx'

/** Keys that live in a device. Where the page is not secure they cannot work, and the page says so. */
export function PasskeySettings() {
  const { t } = useStrings()
  const client = useApi()
  const queries = useQueryClient()
  const formats = useFormats()
  const say = useProblemText()
  const [isPossible, setPossible] = useState(true)
  useEffect(() => setPossible(window.isSecureContext && 'PublicKeyCredential' in window), [])
  const query = useQuery({ queryKey: ['passkeys'], queryFn: () => listPasskeys(client) })
  const again = () => void queries.invalidateQueries({ queryKey: ['passkeys'] })
  const [isAdding, setAdding] = useState(false)
  async function add(password: string) {
    const { addPasskey } = await import('../../api/passkeys.ts')
    try {
      await addPasskey(client, nameDevice(navigator.userAgent, t('settings.unknown_device')), password)
    } catch (error) {
      // Somebody who thinks better of it has done nothing wrong.
      if (!(error instanceof Error && error.name === 'NotAllowedError')) throw error
    }
  }
  const remove = useMutation({
    mutationFn: (id: number) => removePasskey(client, id),
    onError: error => tellProblem(say(error)),
    onSettled: again,
  })
  return (
    <Section title={t('passkeys.title')} hint={isPossible ? t('passkeys.hint') : t('passkeys.needs_https')}>
      {query.isError && <Problem error={query.error} onRetry={() => void query.refetch()} />}
      {(query.data?.length ?? 0) > 0 && (
        <Card>
          <ul>
            {query.data?.map(passkey => (
              <li key={passkey.id} className="flex items-center gap-3 border-line px-4 py-2.5 not-last:border-b">
                <Fingerprint size={18} className="shrink-0 text-ink-3" aria-hidden />
                <p className="min-w-0 flex-1">
                  <span className="block truncate font-[540]">{passkey.name}</span>
                  <span className="text-small text-ink-3">{formats.date(passkey.createdAt)}</span>
                </p>
                <Button
                  look="bare"
                  size="icon"
                  aria-label={t('passkeys.remove', { name: passkey.name })}
                  onClick={() => remove.mutate(passkey.id)}
                >
                  <Trash2 />
                </Button>
              </li>
            ))}
          </ul>
        </Card>
      )}
      {isPossible && (
        <Button className="justify-self-start" onClick={() => setAdding(true)}>
          <Fingerprint /> {t('passkeys.add')}
        </Button>
      )}
      {isAdding && (
        <Dialog isOpen onClose={() => setAdding(false)} title={t('passkeys.add')}>
          <Proof
            action={t('passkeys.add')}
            prove={add}
            onDone={() => {
              setAdding(false)
              again()
            }}
          />
        </Dialog>
      )}
    </Section>
  )
}

import '../../strings/areas/account.ts'
import { Fingerprint } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useApi } from '../../api/context.tsx'
import { Button } from '../../parts/button.tsx'
import { useProblemText } from '../../parts/state.tsx'
import { usePlatform } from '../../platform/port.ts'
import { useStrings } from '../../strings/catalogue.tsx'

/** Only where a passkey can work: a secure page in a browser that has them. */
export function PasskeyButton({ remember, onDone }: { remember: boolean; onDone(): void }) {
  const { t } = useStrings()
  const client = useApi()
  const { kind } = usePlatform()
  const say = useProblemText()
  const [isPossible, setPossible] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  useEffect(() => setPossible(kind === 'web' && window.isSecureContext && 'PublicKeyCredential' in window), [kind])
  if (!isPossible) return null

  async function submit() {
    setProblem(null)
    try {
      const { signInWithPasskey } = await import('../../api/passkeys.ts')
      await signInWithPasskey(client, remember)
      onDone()
    } catch (error) {
      // Closing the browser's own window is a choice and not a fault.
      if (error instanceof Error && error.name === 'NotAllowedError') return
      setProblem(say(error))
    }
  }

  return (
    <>
      <Button wide onClick={() => void submit()}>
        <Fingerprint /> {t('login.passkey')}
      </Button>
      {problem && (
        <p role="alert" className="text-small text-red">
          {problem}
        </p>
      )}
    </>
  )
}

import '../strings/areas/account.ts'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useStrings } from '../strings/catalogue.tsx'
import { Button } from './button.tsx'
import { PasswordField } from './field.tsx'
import { Problem } from './state.tsx'

type ProofProps<Result> = {
  action: string
  isDanger?: boolean
  /** What the password is needed for. */
  prove(password: string): Promise<Result>
  onDone(result: Result): void
}

/** The password once more, before something that only its owner may do. */
export function Proof<Result>({ action, isDanger = false, prove, onDone }: ProofProps<Result>) {
  const { t } = useStrings()
  const [password, setPassword] = useState('')
  const proof = useMutation({ mutationFn: () => prove(password), onSuccess: onDone })
  return (
    <form
      className="grid gap-4"
      onSubmit={event => {
        event.preventDefault()
        if (password) proof.mutate()
      }}
    >
      <PasswordField
        label={t('settings.password_proof')}
        autoComplete="current-password"
        autoFocus
        value={password}
        onChange={event => setPassword(event.target.value)}
      />
      {proof.isError && <Problem error={proof.error} />}
      <Button type="submit" look={isDanger ? 'dangerMain' : 'main'} busy={proof.isPending} disabled={!password}>
        {action}
      </Button>
    </form>
  )
}

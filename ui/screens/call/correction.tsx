import '../../strings/areas/calls.ts'
import { useState } from 'react'
import type { CallAction } from '#lib/calls/contract.ts'
import type { LiveDetail } from '../../api/live.ts'
import { Button } from '../../parts/button.tsx'
import { Select } from '../../parts/field.tsx'
import { useProblemText } from '../../parts/state.tsx'
import { actionLook } from '../../parts/tag.tsx'
import { tell, tellProblem } from '../../parts/toast.tsx'
import { useStrings } from '../../strings/catalogue.tsx'
import { useCallChange } from './use-change.ts'

const actions = Object.keys(actionLook) as CallAction[]

/** "This was wrong": what should have happened, kept as a case that the next change is measured by. */
export function Correction({ call }: { call: LiveDetail }) {
  const { t } = useStrings()
  const say = useProblemText()
  const change = useCallChange(call.callId)
  const [isOpen, setOpen] = useState(false)

  function set(correction: CallAction | null) {
    change.mutate(
      { correction },
      {
        onSuccess: () => tell(correction ? t('call.correction_kept') : t('call.correction_removed')),
        onError: error => tellProblem(say(error)),
      },
    )
    setOpen(false)
  }

  if (call.correction) {
    return (
      <p className="text-small text-ink-2">
        {t('call.corrected', { action: t(actionLook[call.correction].key) })}{' '}
        <button type="button" className="text-accent-ink underline underline-offset-2" onClick={() => set(null)}>
          {t('undo')}
        </button>
      </p>
    )
  }
  if (!isOpen) {
    return (
      <Button size="small" look="bare" className="-ml-2.5 justify-self-start" onClick={() => setOpen(true)}>
        {t('call.was_wrong')}
      </Button>
    )
  }
  return (
    <Select label={t('call.should_have')} value="" autoFocus onChange={event => set(event.target.value as CallAction)}>
      <option value="" disabled>
        {t('choose')}
      </option>
      {actions
        .filter(action => action !== call.action)
        .map(action => (
          <option key={action} value={action}>
            {t(actionLook[action].key)}
          </option>
        ))}
    </Select>
  )
}

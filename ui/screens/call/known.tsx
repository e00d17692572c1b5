import '../../strings/areas/calls.ts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useApi } from '../../api/context.tsx'
import { addPerson } from '../../api/household.ts'
import type { LiveDetail } from '../../api/live.ts'
import { Confirm } from '../../parts/dialog.tsx'
import { Problem } from '../../parts/state.tsx'
import { tell } from '../../parts/toast.tsx'
import { useStrings } from '../../strings/catalogue.tsx'
import { nameCaller } from '../call-names.ts'
import { PersonDialog } from '../people/person-dialog.tsx'

/** The caller becomes a person the line knows, or one it refuses. */
export function Known({ call, as, onClose }: { call: LiveDetail; as: 'add' | 'block'; onClose(): void }) {
  const { t } = useStrings()
  const client = useApi()
  const queries = useQueryClient()
  const who = nameCaller(call, t)
  const done = () => {
    void queries.invalidateQueries({ queryKey: ['people'] })
    void queries.invalidateQueries({ queryKey: ['call', call.callId] })
    void queries.invalidateQueries({ queryKey: ['calls'] })
    onClose()
  }
  const block = useMutation({
    mutationFn: () => addPerson(client, { name: who, trust: 'blocked', numbers: [call.callerNumber] }),
    onSuccess: () => {
      tell(t('call.blocked', { who }))
      done()
    },
  })
  if (as === 'add') {
    return (
      <PersonDialog
        draft={{ name: call.callerName ?? '', organisation: call.organisation ?? '', numbers: [call.callerNumber] }}
        onClose={onClose}
        onSaved={done}
      />
    )
  }
  return (
    <Confirm
      isOpen
      onClose={onClose}
      title={t('call.block_title', { who })}
      action={t('call.block')}
      busy={block.isPending}
      onConfirm={() => block.mutate()}
    >
      <p>{t('call.block_text', { number: call.callerNumber })}</p>
      {block.isError && <Problem error={block.error} className="mt-3" />}
    </Confirm>
  )
}

import '../../strings/areas/calls.ts'
import { useMutation } from '@tanstack/react-query'
import { deleteCall } from '../../api/calls.ts'
import { useApi } from '../../api/context.tsx'
import type { LiveDetail } from '../../api/live.ts'
import { Confirm } from '../../parts/dialog.tsx'
import { Problem } from '../../parts/state.tsx'
import { tell } from '../../parts/toast.tsx'
import { useFormats } from '../../platform/clock.tsx'
import { useStrings } from '../../strings/catalogue.tsx'
import { nameCaller } from '../call-names.ts'

export function Removal({ call, onClose, onGone }: { call: LiveDetail; onClose(): void; onGone(): void }) {
  const { t } = useStrings()
  const formats = useFormats()
  const client = useApi()
  const who = nameCaller(call, t)
  const remove = useMutation({
    mutationFn: () => deleteCall(client, call.callId),
    onSuccess: () => {
      tell(t('call.deleted', { who }))
      onGone()
    },
  })
  return (
    <Confirm
      isOpen
      onClose={onClose}
      title={t('call.delete_title', { who })}
      action={t('call.delete')}
      busy={remove.isPending}
      onConfirm={() => remove.mutate()}
    >
      <p>{t('call.delete_text', { when: formats.dateTime(call.timestamp) })}</p>
      {remove.isError && <Problem error={remove.error} className="mt-3" />}
    </Confirm>
  )
}

import '../../strings/areas/calls.ts'
import type { LiveDetail } from '../../api/live.ts'
import { Button } from '../../parts/button.tsx'
import { TextArea } from '../../parts/field.tsx'
import { useProblemText } from '../../parts/state.tsx'
import { useHydrated } from '../../platform/hydration.ts'
import { useKept } from '../../platform/kept.ts'
import { useStrings } from '../../strings/catalogue.tsx'
import { useCallChange } from './use-change.ts'

/** The owner's own words about a call. What is typed stays until it is stored. */
export function Note({ call }: { call: LiveDetail }) {
  const { t } = useStrings()
  const say = useProblemText()
  const change = useCallChange(call.callId)
  const isListening = useHydrated()
  const [typed, setTyped] = useKept<string | null>(`note.${call.callId}`, null)
  const text = typed ?? call.note ?? ''
  const isChanged = text !== (call.note ?? '')
  return (
    <form
      className="grid gap-2"
      onSubmit={event => {
        event.preventDefault()
        change.mutate({ note: text.trim() || null }, { onSuccess: () => setTyped(null) })
      }}
    >
      <TextArea
        label={t('call.note')}
        placeholder={t('call.note_hint')}
        rows={2}
        maxLength={4000}
        value={text}
        // Words typed into the server's picture of the field would be lost.
        disabled={!isListening}
        error={change.isError ? say(change.error) : undefined}
        onChange={event => setTyped(event.target.value)}
      />
      {isChanged && (
        <Button type="submit" size="small" look="main" busy={change.isPending} className="justify-self-start">
          {t('save')}
        </Button>
      )}
    </form>
  )
}

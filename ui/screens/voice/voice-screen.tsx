import '../../strings/areas/account.ts'
import '../../strings/areas/service.ts'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Line, LineChange } from '#lib/lines/contract.ts'
import { useApi } from '../../api/context.tsx'
import { changeLine, listLines } from '../../api/household.ts'
import { Button } from '../../parts/button.tsx'
import { Card, Page, Section } from '../../parts/card.tsx'
import { Checkbox, Select, Switch, TextArea, TextField } from '../../parts/field.tsx'
import { usePlaced } from '../../parts/form.ts'
import { Problem, SkeletonRows } from '../../parts/state.tsx'
import { tell } from '../../parts/toast.tsx'
import { useKept } from '../../platform/kept.ts'
import { useStrings } from '../../strings/catalogue.tsx'
import { HoursField, isSimple } from '../rules/hours-field.tsx'
import { sayHours } from '../rules/sentence.ts'
import { Destinations } from './destinations.tsx'
import { Models } from './models.tsx'
import { Preview } from './preview.tsx'

/** How the line greets, when it is open, where it may put a call through to, and what it hears and speaks with. */
export function VoiceScreen({ lines: first, isAdmin }: { lines?: Line[]; isAdmin: boolean }) {
  const { t } = useStrings()
  const client = useApi()
  const lines = useQuery({
    queryKey: ['lines'],
    queryFn: () => listLines(client),
    ...(first ? { initialData: first } : {}),
  })
  return (
    <Page title={t('nav.voice')} lead={t('voice.lead')}>
      {lines.isError && !lines.data ? (
        <Problem error={lines.error} onRetry={() => void lines.refetch()} />
      ) : !lines.data ? (
        <SkeletonRows />
      ) : (
        lines.data.map(line => <LineForm key={line.id} line={line} />)
      )}
      {isAdmin && <Models />}
    </Page>
  )
}

const officeDays = [1, 2, 3, 4, 5]

function LineForm({ line }: { line: Line }) {
  const { t, language } = useStrings()
  const client = useApi()
  const queries = useQueryClient()
  const [kept, setDraft] = useKept<LineChange | null>(`line.${line.id}`, null)
  const draft = kept ?? {}
  const now = { ...line, ...draft }
  const set = (change: LineChange) => setDraft({ ...draft, ...change })
  const save = useMutation({
    mutationFn: () => changeLine(client, line.id, draft),
    onSuccess: () => {
      setDraft(null)
      tell(t('settings.saved'))
      void queries.invalidateQueries({ queryKey: ['lines'] })
    },
  })
  const { at, rest } = usePlaced(save.error, ['greeting', 'disclosure', 'numbers', 'destinations'])
  return (
    <Section title={line.name} hint={line.numbers.length > 0 ? line.numbers.join(' · ') : t('voice.no_numbers')}>
      <Card className="p-4.5">
        <form
          className="grid gap-4"
          noValidate
          onSubmit={event => {
            event.preventDefault()
            save.mutate()
          }}
        >
          <TextField
            label={t('voice.name')}
            maxLength={60}
            required
            value={now.name}
            onChange={event => set({ name: event.target.value })}
          />
          <TextArea
            label={t('voice.greeting')}
            maxLength={500}
            required
            value={now.greeting}
            error={at.greeting}
            onChange={event => set({ greeting: event.target.value })}
          />
          <TextArea
            label={t('voice.disclosure')}
            hint={t('voice.disclosure_hint')}
            maxLength={500}
            rows={2}
            required
            value={now.disclosure}
            error={at.disclosure}
            onChange={event => set({ disclosure: event.target.value })}
          />
          <Preview
            input={{
              text: `${now.greeting} ${now.disclosure}`.slice(0, 500),
              language: now.language,
              voice: now.voice,
            }}
          />
          <div className="grid gap-4 sm:grid-cols-2">
            <Select
              label={t('settings.language')}
              value={now.language}
              onChange={event => set({ language: event.target.value as Line['language'] })}
            >
              <option value="en">{t('language.en')}</option>
              <option value="de">{t('language.de')}</option>
            </Select>
            <Select
              label={t('voice.voice')}
              value={now.voice ?? ''}
              onChange={event => set({ voice: event.target.value || null })}
            >
              <option value="">{t('voice.standard')}</option>
              <option value="flite:slt">{t('voice.slt')}</option>
              <option value="flite:rms">{t('voice.rms')}</option>
              {now.voice && !now.voice.startsWith('flite:') && <option value={now.voice}>{now.voice}</option>}
            </Select>
            <Select
              label={t('voice.withheld')}
              value={now.withheld}
              onChange={event => set({ withheld: event.target.value as Line['withheld'] })}
            >
              <option value="ask_question">{t('withheld.ask_question')}</option>
              <option value="press_one">{t('withheld.press_one')}</option>
              <option value="voicemail">{t('withheld.voicemail')}</option>
              <option value="block">{t('withheld.block')}</option>
            </Select>
          </div>
          <Switch
            label={t('voice.recording')}
            hint={t('voice.recording_hint')}
            checked={now.isRecording}
            onChange={isRecording => set({ isRecording })}
          />
          <Switch
            label={t('voice.persistent')}
            hint={t('voice.persistent_hint')}
            checked={now.isPersistentAllowed}
            onChange={isPersistentAllowed => set({ isPersistentAllowed })}
          />
          {isSimple(now.hours) ? (
            <>
              <Checkbox
                label={t('voice.always_open')}
                checked={now.hours.length === 0}
                onChange={event =>
                  set({
                    hours: event.target.checked ? [] : officeDays.map(day => ({ day, from: '08:00', to: '18:00' })),
                  })
                }
              />
              {now.hours.length > 0 && <HoursField hours={now.hours} onChange={hours => set({ hours })} />}
            </>
          ) : (
            <p className="text-ink-2">{t('voice.hours', { hours: sayHours(now.hours, language) })}</p>
          )}
          {now.hours.length > 0 && (
            <Select
              label={t('voice.closed')}
              value={now.closedAction}
              onChange={event => set({ closedAction: event.target.value as Line['closedAction'] })}
            >
              <option value="voicemail">{t('withheld.voicemail')}</option>
              <option value="ask_question">{t('withheld.ask_question')}</option>
              <option value="block">{t('withheld.block')}</option>
            </Select>
          )}
          <TextField
            label={t('voice.numbers')}
            hint={t('voice.numbers_hint')}
            value={now.numbers.join(', ')}
            error={at.numbers}
            onChange={event => set({ numbers: event.target.value.split(/\s*,\s*/) })}
            onBlur={() => draft.numbers && set({ numbers: draft.numbers.map(each => each.trim()).filter(Boolean) })}
          />
          <Destinations
            value={now.destinations.map(({ label, target }) => ({ label, target }))}
            onChange={destinations => set({ destinations: destinations as Line['destinations'] })}
            error={at.destinations}
          />
          {rest !== null && <Problem error={rest} />}
          <Button
            type="submit"
            look="main"
            className="justify-self-start"
            busy={save.isPending}
            disabled={Object.keys(draft).length === 0}
          >
            {t('save')}
          </Button>
        </form>
      </Card>
    </Section>
  )
}

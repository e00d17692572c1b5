import '../../strings/areas/service.ts'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Settings, SettingsChange } from '#lib/admin/contract.ts'
import { changeServiceSettings, readServiceSettings } from '../../api/admin.ts'
import { useApi } from '../../api/context.tsx'
import { Select, Switch } from '../../parts/field.tsx'
import { useProblemText } from '../../parts/state.tsx'
import { tellProblem } from '../../parts/toast.tsx'
import { useStrings } from '../../strings/catalogue.tsx'

const counts = [3, 7, 14, 30]

/** Whether a backup is made every night, and how many stay. */
export function NightlyBackups() {
  const { t, tn } = useStrings()
  const client = useApi()
  const queries = useQueryClient()
  const say = useProblemText()
  const key = ['settings']
  const { data: settings } = useQuery({ queryKey: key, queryFn: () => readServiceSettings(client) })
  const save = useMutation({
    mutationFn: (change: SettingsChange) => changeServiceSettings(client, change),
    onMutate: change => {
      const before = queries.getQueryData<Settings>(key)
      if (before) queries.setQueryData<Settings>(key, { ...before, ...(change as Partial<Settings>) })
      return { before }
    },
    onSuccess: now => queries.setQueryData<Settings>(key, now),
    onError: (error, _change, context) => {
      queries.setQueryData(key, context?.before)
      tellProblem(say(error))
    },
  })
  if (!settings) return null
  return (
    <div className="grid items-start gap-4 border-t border-line pt-4 sm:grid-cols-[minmax(0,1fr)_180px]">
      <Switch
        label={t('backup.nightly')}
        hint={t('backup.nightly_hint')}
        checked={settings.nightlyBackups}
        onChange={nightlyBackups => save.mutate({ nightlyBackups })}
      />
      <Select
        label={t('backup.keep')}
        value={settings.keptBackups}
        disabled={!settings.nightlyBackups}
        onChange={event => save.mutate({ keptBackups: Number(event.target.value) })}
      >
        {[...new Set([...counts, settings.keptBackups])]
          .sort((a, b) => a - b)
          .map(count => (
            <option key={count} value={count}>
              {tn('backup.kept', count)}
            </option>
          ))}
      </Select>
    </div>
  )
}

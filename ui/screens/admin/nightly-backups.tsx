import '../../strings/areas/service.ts'
import { Select, Switch } from '../../parts/field.tsx'
import { useStrings } from '../../strings/catalogue.tsx'
import { useServiceSettings } from './use-settings.ts'

const counts = [3, 7, 14, 30]

/** Whether a backup is made every night, and how many stay. */
export function NightlyBackups() {
  const { t, tn } = useStrings()
  const { query, save } = useServiceSettings()
  const settings = query.data
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

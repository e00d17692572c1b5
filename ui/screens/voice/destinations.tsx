import '../../strings/areas/service.ts'
import { Plus, X } from 'lucide-react'
import type { Destination } from '#lib/lines/contract.ts'
import { Button } from '../../parts/button.tsx'
import { TextField } from '../../parts/field.tsx'
import { useStrings } from '../../strings/catalogue.tsx'

type DestinationsProps = { value: Destination[]; onChange(value: Destination[]): void; error?: string | undefined }

/** The only places that a call may ever be put through to, the first one first. */
export function Destinations({ value, onChange, error }: DestinationsProps) {
  const { t } = useStrings()
  const change = (index: number, part: Partial<Destination>) =>
    onChange(value.map((each, at) => (at === index ? { ...each, ...part } : each)))
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-1.5 text-small font-[560] text-ink-2">{t('voice.destinations')}</legend>
      <p className="text-small text-ink-3">{t('voice.destinations_hint')}</p>
      {value.map((each, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a destination is its place in the order while it is being typed
        <div key={index} className="flex items-start gap-2">
          <TextField
            quiet
            className="flex-1"
            label={t('voice.destination_label', { n: index + 1 })}
            maxLength={60}
            required
            value={each.label}
            onChange={event => change(index, { label: event.target.value })}
          />
          <TextField
            quiet
            className="w-36"
            label={t('voice.destination_target', { n: index + 1 })}
            maxLength={40}
            required
            value={each.target}
            onChange={event => change(index, { target: event.target.value.trim() })}
          />
          <Button
            look="bare"
            size="icon"
            aria-label={t('voice.destination_remove', { name: each.label })}
            onClick={() => onChange(value.filter((_, at) => at !== index))}
          >
            <X />
          </Button>
        </div>
      ))}
      {error && (
        <p role="alert" className="text-small text-red">
          {error}
        </p>
      )}
      <Button
        size="small"
        className="justify-self-start"
        disabled={value.length >= 20}
        onClick={() => onChange([...value, { label: t('voice.destination_new'), target: '' }])}
      >
        <Plus /> {t('voice.destination_add')}
      </Button>
    </fieldset>
  )
}

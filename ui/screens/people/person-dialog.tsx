import '../../strings/areas/house.ts'
import { Plus, X } from 'lucide-react'
import { useFieldArray } from 'react-hook-form'
import type { NewPerson, Person, Trust } from '#lib/people/contract.ts'
import { useApi } from '../../api/context.tsx'
import { addPerson, changePerson } from '../../api/household.ts'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { Select, TextArea, TextField } from '../../parts/field.tsx'
import { useCheckedForm } from '../../parts/form.ts'
import { type QuietHours, QuietHoursField } from '../../parts/quiet-hours.tsx'
import { tell } from '../../parts/toast.tsx'
import { forgetKept } from '../../platform/kept.ts'
import { useStrings } from '../../strings/catalogue.tsx'
import { FormProblem } from '../account/entry.tsx'

type Values = {
  name: string
  organisation: string
  trust: Trust
  note: string
  numbers: { number: string }[]
} & QuietHours

type PersonDialogProps = {
  person?: Person | undefined
  /** What is known already of somebody new. */
  draft?: { name?: string; organisation?: string; numbers?: string[] }
  onClose(): void
  onSaved(person: Person): void
}

const toInput = (values: Values): NewPerson => ({
  name: values.name,
  organisation: values.organisation.trim() || null,
  trust: values.trust,
  note: values.note.trim() || null,
  quietFromMin: values.quietFromMin,
  quietToMin: values.quietToMin,
  numbers: values.numbers.map(({ number }) => number.trim()).filter(Boolean),
})

export function PersonDialog({ person, draft = {}, onClose, onSaved }: PersonDialogProps) {
  const { t } = useStrings()
  const client = useApi()
  const draftName = `person.${person?.id ?? draft.numbers?.[0] ?? 'new'}`
  const numbers = person?.numbers.map(({ number }) => number) ?? draft.numbers ?? []
  const form = useCheckedForm<Values>({
    draft: draftName,
    defaults: {
      name: person?.name ?? draft.name ?? '',
      organisation: person?.organisation ?? draft.organisation ?? '',
      trust: person?.trust ?? 'known',
      note: person?.note ?? '',
      quietFromMin: person?.quietFromMin ?? null,
      quietToMin: person?.quietToMin ?? null,
      numbers: (numbers.length > 0 ? numbers : ['']).map(number => ({ number })),
    },
    schema: async () => {
      const [{ z }, { NewPerson: rules, PersonNumber }] = await Promise.all([
        import('zod'),
        import('#lib/people/contract.ts'),
      ])
      const number = z.object({
        number: z.string().refine(text => !text.trim() || PersonNumber.safeParse(text).success, t('people.number_bad')),
      })
      return z.object({
        ...rules.shape,
        numbers: z.array(number),
        organisation: z.string().max(120),
        note: z.string().max(2000),
      })
    },
  })
  const rows = useFieldArray({ control: form.control, name: 'numbers' })
  const { errors, isSubmitting } = form.formState

  const submit = form.handleSubmit(async values => {
    try {
      const saved = person
        ? await changePerson(client, person.id, toInput(values))
        : await addPerson(client, toInput(values))
      forgetKept(draftName)
      tell(t('people.saved', { name: saved.name }))
      onSaved(saved)
    } catch (error) {
      form.refuse(error)
    }
  })

  const leave = () => {
    forgetKept(draftName)
    onClose()
  }

  return (
    <Dialog isOpen onClose={leave} title={person ? t('people.edit', { name: person.name }) : t('people.add')}>
      <form className="grid gap-4" noValidate onSubmit={submit}>
        <FormProblem>{form.problem}</FormProblem>
        <TextField
          label={t('people.name')}
          autoFocus
          autoComplete="off"
          error={errors.name?.message}
          {...form.register('name')}
        />
        <TextField
          label={t('people.organisation')}
          autoComplete="off"
          error={errors.organisation?.message}
          {...form.register('organisation')}
        />
        <Select label={t('people.trust')} hint={t(`trust.${form.watch('trust')}_hint`)} {...form.register('trust')}>
          <option value="favourite">{t('trust.favourite')}</option>
          <option value="known">{t('trust.known')}</option>
          <option value="blocked">{t('trust.blocked')}</option>
        </Select>
        <fieldset className="grid gap-2">
          <legend className="mb-1.5 text-small font-[560] text-ink-2">{t('people.numbers')}</legend>
          {rows.fields.map((row, index) => (
            <div key={row.id} className="flex items-start gap-2">
              <TextField
                quiet
                className="flex-1"
                label={t('people.number_n', { n: index + 1 })}
                type="tel"
                autoComplete="off"
                placeholder="+49 30 1234567"
                error={errors.numbers?.[index]?.number?.message}
                {...form.register(`numbers.${index}.number`)}
              />
              <Button
                look="bare"
                size="icon"
                aria-label={t('people.remove_number', { n: index + 1 })}
                onClick={() => rows.remove(index)}
              >
                <X />
              </Button>
            </div>
          ))}
          <Button size="small" className="justify-self-start" onClick={() => rows.append({ number: '' })}>
            <Plus /> {t('people.add_number')}
          </Button>
        </fieldset>
        {form.watch('trust') !== 'blocked' && (
          <QuietHoursField
            label={t('people.quiet')}
            hint={t('people.quiet_hint')}
            value={{ quietFromMin: form.watch('quietFromMin'), quietToMin: form.watch('quietToMin') }}
            onChange={({ quietFromMin, quietToMin }) => {
              form.setValue('quietFromMin', quietFromMin, { shouldDirty: true })
              form.setValue('quietToMin', quietToMin, { shouldDirty: true })
            }}
          />
        )}
        <TextArea label={t('people.note')} rows={2} error={errors.note?.message} {...form.register('note')} />
        <div className="flex flex-col-reverse gap-2 sm:flex-row sm:justify-end">
          <Button onClick={leave}>{t('dialog.cancel')}</Button>
          <Button type="submit" look="main" busy={isSubmitting}>
            {t('save')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

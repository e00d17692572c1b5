import { useEffect } from 'react'
import {
  type DefaultValues,
  type FieldValues,
  type Path,
  type Resolver,
  type UseFormReturn,
  useForm,
} from 'react-hook-form'
import type { z } from 'zod'
import { faultOf } from '#lib/http/contract.ts'
import { ApiError } from '../api/problem.ts'
import { keep, readKept } from '../platform/kept.ts'
import { useStrings } from '../strings/catalogue.tsx'
import { useProblemText } from './state.tsx'

type Options<Values extends FieldValues> = {
  /** The service's own rules, loaded when somebody submits and not before. */
  schema(): Promise<z.ZodType>
  defaults: DefaultValues<Values>
  /** What was typed survives a reload under this name, passwords excepted. */
  draft?: string
}

const isSecret = (name: string) => /password|current|next|code|ticket/i.test(name)
const capital = (text: string) => text.charAt(0).toLocaleUpperCase() + text.slice(1)

/** A form checked by the same rules as the service, with its errors beside the fields. */
export function useCheckedForm<Values extends FieldValues>({ schema, defaults, draft }: Options<Values>) {
  const { t, said } = useStrings()
  const say = useProblemText()
  const resolver: Resolver<Values> = async values => {
    const result = (await schema()).safeParse(values)
    if (result.success) return { values, errors: {} }
    const errors: Record<string, { type: string; message: string }> = {}
    for (const issue of result.error.issues) {
      const name = issue.path.map(String).join('.')
      const isMissing = issue.code === 'too_small' && issue.origin === 'string' && Number(issue.minimum) === 1
      const message = isMissing ? t('field.required') : capital(said(faultOf(issue)))
      if (name) errors[name] ??= { type: issue.code, message }
    }
    return { values: {}, errors: nest(errors) as never }
  }
  const form = useForm<Values>({ resolver, defaultValues: defaults, mode: 'onSubmit', reValidateMode: 'onChange' })
  useDraft(form, draft)

  /** The service's refusal goes to the fields that it names, the rest to the form's own line. */
  function refuse(error: unknown) {
    if (error instanceof ApiError) {
      const known = Object.entries(error.fields).filter(([name]) => name in form.getValues())
      for (const [name, message] of known)
        form.setError(name as Path<Values>, { type: 'server', message: capital(said(message)) })
      if (known.length > 0) return
    }
    form.setError('root', { type: 'server', message: say(error) })
  }

  return { ...form, refuse, problem: form.formState.errors.root?.message }
}

function nest(errors: Record<string, { type: string; message: string }>): object {
  const nested: Record<string, unknown> = {}
  for (const [path, error] of Object.entries(errors)) {
    const names = path.split('.')
    const last = names.pop() ?? path
    let at = nested
    for (const name of names) {
      at[name] ??= {}
      at = at[name] as Record<string, unknown>
    }
    at[last] = error
  }
  return nested
}

function useDraft<Values extends FieldValues>(form: UseFormReturn<Values>, draft: string | undefined) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each form, when it appears
  useEffect(() => {
    if (!draft) return
    const kept = readKept(draft)
    if (typeof kept === 'object' && kept !== null) {
      for (const [name, value] of Object.entries(kept)) form.setValue(name as Path<Values>, value)
    }
    return form.subscribe({
      formState: { values: true },
      callback: ({ values }) =>
        keep(draft, Object.fromEntries(Object.entries(values).filter(([name]) => !isSecret(name)))),
    })
  }, [draft])
}

/** Where a refusal belongs: beside the fields that it names, and what is left above the button. */
export function usePlaced<Name extends string>(error: unknown, names: readonly Name[]) {
  const { said } = useStrings()
  const at: Partial<Record<Name, string>> = {}
  if (!(error instanceof ApiError)) return { at, rest: error }
  let isAllPlaced = true
  for (const [path, message] of Object.entries(error.fields)) {
    const name = names.find(each => path === each || path.startsWith(`${each}.`))
    if (name) at[name] ??= capital(said(message))
    else isAllPlaced = false
  }
  return { at, rest: isAllPlaced && Object.keys(at).length > 0 ? null : error }
}

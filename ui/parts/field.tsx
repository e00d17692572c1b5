import clsx from 'clsx'
import { Eye, EyeOff } from 'lucide-react'
import {
  type ChangeEvent,
  type InputHTMLAttributes,
  type ReactNode,
  type Ref,
  type SelectHTMLAttributes,
  type TextareaHTMLAttributes,
  useEffect,
  useId,
  useState,
} from 'react'
import { useStrings } from '../strings/catalogue.tsx'

export const inputStyle =
  'w-full rounded-[10px] border border-line-strong/60 bg-card px-3 py-2 text-[16px] text-ink transition-colors hover:border-line-strong aria-[invalid=true]:border-red sm:text-base min-h-10'

type Frame = {
  label: string
  /** Shown under the field until there is an error. */
  hint?: ReactNode
  error?: string | undefined
  /** The label is for screen readers alone. */
  quiet?: boolean
  className?: string
}

function useFrame(frame: Frame) {
  const id = useId()
  const isNoted = Boolean(frame.error || frame.hint)
  return {
    id,
    aria: {
      id,
      'aria-invalid': frame.error ? true : undefined,
      'aria-describedby': isNoted ? `${id}-note` : undefined,
    },
    around: (control: ReactNode) => (
      <div className={clsx('grid content-start gap-1.5', frame.className)}>
        <label htmlFor={id} className={clsx(frame.quiet ? 'sr-only' : 'text-small font-[560] text-ink-2')}>
          {frame.label}
        </label>
        {control}
        {isNoted && (
          <p
            id={`${id}-note`}
            className={clsx('text-small', frame.error ? 'text-red' : 'text-ink-3')}
            role={frame.error ? 'alert' : undefined}
          >
            {frame.error ?? frame.hint}
          </p>
        )}
      </div>
    ),
  } as const
}

/** Typed, or filled in by the browser, before the page listened: the field shows it, and the page would never hear of it. */
function useTypedEarly<Field extends HTMLInputElement | HTMLTextAreaElement>(
  id: string,
  { value, onChange }: { value?: unknown; onChange?: ((event: ChangeEvent<Field>) => void) | undefined },
) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the page begins to listen
  useEffect(() => {
    const target = document.getElementById(id) as Field | null
    if (value !== undefined && target?.value && target.value !== value) onChange?.({ target } as ChangeEvent<Field>)
  }, [])
}

type InputProps = Frame & Omit<InputHTMLAttributes<HTMLInputElement>, 'id'> & { ref?: Ref<HTMLInputElement> }

export function TextField({ label, hint, error, quiet, className, ...rest }: InputProps) {
  const { id, aria, around } = useFrame({ label, hint, error, quiet, className } as Frame)
  useTypedEarly(id, rest)
  return around(<input {...rest} {...aria} className={inputStyle} />)
}

export function PasswordField({ label, hint, error, quiet, className, ...rest }: InputProps) {
  const { t } = useStrings()
  const [isShown, setShown] = useState(false)
  const { id, aria, around } = useFrame({ label, hint, error, quiet, className } as Frame)
  useTypedEarly(id, rest)
  return around(
    <div className="relative">
      <input
        {...rest}
        {...aria}
        type={isShown ? 'text' : 'password'}
        spellCheck={false}
        autoCapitalize="none"
        className={clsx(inputStyle, 'pr-11')}
      />
      <button
        type="button"
        className="absolute inset-y-1 right-1 grid w-9 place-items-center rounded-sm text-ink-3 hover:text-ink"
        aria-label={isShown ? t('field.hide_password') : t('field.show_password')}
        aria-pressed={isShown}
        onClick={() => setShown(!isShown)}
      >
        {isShown ? <EyeOff size={18} /> : <Eye size={18} />}
      </button>
    </div>,
  )
}

type TextareaProps = Frame &
  Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'id'> & { ref?: Ref<HTMLTextAreaElement> }

export function TextArea({ label, hint, error, quiet, className, ...rest }: TextareaProps) {
  const { id, aria, around } = useFrame({ label, hint, error, quiet, className } as Frame)
  useTypedEarly(id, rest)
  return around(<textarea rows={3} {...rest} {...aria} className={clsx(inputStyle, 'field-sizing-content resize-y')} />)
}

type SelectProps = Frame & Omit<SelectHTMLAttributes<HTMLSelectElement>, 'id'> & { ref?: Ref<HTMLSelectElement> }

export function Select({ label, hint, error, quiet, className, children, ...rest }: SelectProps) {
  const { aria, around } = useFrame({ label, hint, error, quiet, className } as Frame)
  return around(
    <select {...rest} {...aria} className={clsx(inputStyle, 'appearance-auto pr-2')}>
      {children}
    </select>,
  )
}

type SwitchProps = {
  label: string
  hint?: string | undefined
  checked: boolean
  disabled?: boolean
  quiet?: boolean
  onChange(checked: boolean): void
}

/** On or off, at once. */
export function Switch({ label, hint, checked, disabled, quiet, onChange }: SwitchProps) {
  const id = useId()
  return (
    <div className={clsx('flex items-start justify-between gap-4', quiet ? '' : 'py-1')}>
      {!quiet && (
        <label htmlFor={id} className="min-w-0">
          <span className="block font-[540]">{label}</span>
          {hint && (
            <span id={`${id}-hint`} className="block text-small text-ink-3">
              {hint}
            </span>
          )}
        </label>
      )}
      <button
        id={id}
        type="button"
        role="switch"
        aria-checked={checked}
        aria-label={quiet ? label : undefined}
        aria-describedby={hint && !quiet ? `${id}-hint` : undefined}
        disabled={disabled}
        onClick={() => onChange(!checked)}
        className={clsx(
          'relative h-6 w-10 shrink-0 rounded-full border transition-colors after:absolute after:top-[2px] after:left-[2px] after:size-[18px] after:rounded-full after:transition-transform disabled:opacity-50',
          checked
            ? 'border-accent bg-accent after:translate-x-4 after:bg-on-accent'
            : 'border-line-strong bg-sunk after:bg-line-strong',
        )}
      />
    </div>
  )
}

type CheckProps = Omit<InputHTMLAttributes<HTMLInputElement>, 'type'> & {
  label: ReactNode
  ref?: Ref<HTMLInputElement>
}

export function Checkbox({ label, ...rest }: CheckProps) {
  return (
    <label className="flex items-center gap-2.5 py-1">
      <input {...rest} type="checkbox" className="size-[18px] accent-accent" />
      <span>{label}</span>
    </label>
  )
}

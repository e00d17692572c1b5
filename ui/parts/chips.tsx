import clsx from 'clsx'

/** One of a few, all in sight. */
export function Chips<Value extends string>(props: {
  label: string
  value: Value
  options: readonly { value: Value; label: string }[]
  onChange(value: Value): void
}) {
  return (
    <fieldset className="-mx-4 flex min-w-0 gap-1 overflow-x-auto px-4 py-1 [scrollbar-width:none]">
      <legend className="sr-only">{props.label}</legend>
      {props.options.map(option => (
        <button
          key={option.value}
          type="button"
          aria-pressed={option.value === props.value}
          onClick={() => props.onChange(option.value)}
          className={clsx(
            'min-h-7 shrink-0 rounded-full border px-2.5 py-0.5 text-small whitespace-nowrap transition-colors',
            option.value === props.value
              ? 'border-ink bg-ink text-paper'
              : 'border-line text-ink-2 hover:border-line-strong hover:text-ink',
          )}
        >
          {option.label}
        </button>
      ))}
    </fieldset>
  )
}

import clsx from 'clsx'
import type { ButtonHTMLAttributes } from 'react'
import { type LinkProps, usePlatform } from '../platform/port.ts'

const base =
  'inline-flex items-center justify-center gap-2 border font-[540] whitespace-nowrap select-none transition-[background-color,border-color,transform] duration-100 active:scale-[0.985] disabled:opacity-55 disabled:active:scale-100 [&>svg]:size-[18px] [&>svg]:shrink-0'
const looks = {
  plain: 'border-line bg-card text-ink enabled:hover:border-line-strong [a&]:hover:border-line-strong',
  main: 'border-accent bg-accent text-on-accent hover:bg-accent-strong hover:border-accent-strong',
  danger: 'border-line bg-card text-red hover:border-red',
  dangerMain: 'border-red bg-red text-paper hover:opacity-90',
  bare: 'border-transparent bg-transparent text-ink-2 hover:bg-sunk hover:text-ink',
}
const sizes = {
  normal: 'min-h-10 rounded-[10px] px-3.5 py-2',
  small: 'min-h-8 rounded-sm px-2.5 py-1 text-small [&>svg]:size-4',
  big: 'min-h-14 rounded-[14px] px-4 py-3 text-[16px]',
  icon: 'size-10 rounded-[10px] p-0',
}

type Style = {
  look?: keyof typeof looks | undefined
  size?: keyof typeof sizes | undefined
  /** As wide as what it stands in. */
  wide?: boolean | undefined
}

export const buttonStyle = ({ look = 'plain', size = 'normal', wide = false }: Style) =>
  clsx(base, looks[look], sizes[size], wide && 'w-full')

type ButtonProps = ButtonHTMLAttributes<HTMLButtonElement> &
  Style & {
    /** Works on it: cannot be pressed again, and says so. */
    busy?: boolean
  }

export function Button({ look, size, wide, busy = false, className, disabled, type = 'button', ...rest }: ButtonProps) {
  return (
    <button
      {...rest}
      type={type}
      disabled={disabled || busy}
      aria-busy={busy || undefined}
      className={clsx(buttonStyle({ look, size, wide }), busy && 'animate-breathe', className)}
    />
  )
}

export function ButtonLink({ look, size, wide, className, ...rest }: LinkProps & Style) {
  const { Link } = usePlatform()
  return <Link {...rest} className={clsx(buttonStyle({ look, size, wide }), className)} />
}

import clsx from 'clsx'
import { type Tone, toneStyle } from './tag.tsx'

/** One or two letters for a name; nothing for a bare number. */
export function initialsOf(name: string): string {
  const words = name.split(/[\s,(]+/).filter(word => /^\p{L}/u.test(word))
  return [words[0], words.length > 1 ? words.at(-1) : undefined]
    .map(word => (word ? [...word][0] : ''))
    .join('')
    .toLocaleUpperCase()
}

type AvatarProps = {
  name: string
  tone?: Tone
  big?: boolean
  /** When the name has no letter. */
  sign?: string
}

export function Avatar({ name, tone = 'grey', big = false, sign = '#' }: AvatarProps) {
  return (
    <span
      aria-hidden
      className={clsx(
        'grid shrink-0 place-items-center rounded-full font-semibold',
        big ? 'size-13 text-[18px]' : 'size-10 text-[14px]',
        toneStyle[tone],
      )}
    >
      {initialsOf(name) || sign}
    </span>
  )
}

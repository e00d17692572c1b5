import clsx from 'clsx'
import { ArrowRight, Ban, CircleHelp, type LucideIcon, Mail, PhoneIncoming } from 'lucide-react'
import type { ReactNode } from 'react'
import type { CallAction } from '#lib/calls/contract.ts'
import type { PlainKey } from '../strings/catalogue.tsx'
import { useStrings } from '../strings/catalogue.tsx'

export type Tone = 'green' | 'blue' | 'amber' | 'red' | 'grey'

export const toneStyle: Record<Tone, string> = {
  green: 'bg-accent-soft text-accent-ink',
  blue: 'bg-blue-soft text-blue',
  amber: 'bg-amber-soft text-amber',
  red: 'bg-red-soft text-red',
  grey: 'bg-sunk text-ink-2',
}

export function Tag({ tone = 'grey', icon: Icon, children }: { tone?: Tone; icon?: LucideIcon; children: ReactNode }) {
  return (
    <span
      className={clsx(
        'inline-flex items-center gap-1 rounded-full py-px pr-2 text-tiny font-[560] whitespace-nowrap',
        Icon ? 'pl-1.5' : 'pl-2',
        toneStyle[tone],
      )}
    >
      {Icon && <Icon size={13} strokeWidth={1.9} aria-hidden />}
      {children}
    </span>
  )
}

export const actionLook: Record<CallAction, { tone: Tone; icon: LucideIcon; key: PlainKey }> = {
  forward: { tone: 'green', icon: ArrowRight, key: 'action.forward' },
  voicemail: { tone: 'blue', icon: Mail, key: 'action.voicemail' },
  ask_question: { tone: 'amber', icon: CircleHelp, key: 'action.ask_question' },
  block: { tone: 'red', icon: Ban, key: 'action.block' },
}

/** What happened to a caller. Colour only repeats what the word says. */
export function ActionTag({ action, isRunning = false }: { action: CallAction | null; isRunning?: boolean }) {
  const { t } = useStrings()
  if (!action) return <Tag icon={PhoneIncoming}>{t(isRunning ? 'action.running' : 'action.none')}</Tag>
  const look = actionLook[action]
  return (
    <Tag tone={look.tone} icon={look.icon}>
      {t(look.key)}
    </Tag>
  )
}

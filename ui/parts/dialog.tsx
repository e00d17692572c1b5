import clsx from 'clsx'
import { X } from 'lucide-react'
import { AlertDialog as RadixAlert, Dialog as RadixDialog } from 'radix-ui'
import { type ReactNode, useState } from 'react'
import { useStrings } from '../strings/catalogue.tsx'
import { Button } from './button.tsx'

const scrim = 'fixed inset-0 z-40 animate-fade bg-scrim'
/** A sheet from below on a phone, a window in the middle from 640 px on. */
const frame =
  'fixed inset-x-0 bottom-0 z-50 max-h-[92dvh] animate-sheet overflow-y-auto rounded-t-[20px] border border-line bg-card p-5 pb-[max(20px,env(safe-area-inset-bottom))] shadow-lift sm:inset-x-auto sm:top-1/2 sm:bottom-auto sm:left-1/2 sm:w-[min(520px,calc(100vw-48px))] sm:-translate-x-1/2 sm:-translate-y-1/2 sm:animate-fade sm:rounded-lg sm:p-6'

/** Where the focus was when the window opened: without a trigger of its own, Radix would leave it nowhere. */
function useWayBack(isOpen: boolean) {
  const [known, setKnown] = useState<{ isOpen: boolean; opener: Element | null }>({ isOpen: false, opener: null })
  if (known.isOpen !== isOpen) setKnown({ isOpen, opener: isOpen ? document.activeElement : known.opener })
  return (event: Event) => {
    event.preventDefault()
    const { opener } = known
    const target = opener instanceof HTMLElement && opener.isConnected ? opener : document.getElementById('content')
    target?.focus({ preventScroll: true })
  }
}

type DialogProps = {
  isOpen: boolean
  onClose(): void
  title: string
  lead?: ReactNode
  wide?: boolean
  children: ReactNode
}

export function Dialog({ isOpen, onClose, title, lead, wide = false, children }: DialogProps) {
  const { t } = useStrings()
  const goBack = useWayBack(isOpen)
  return (
    <RadixDialog.Root open={isOpen} onOpenChange={open => !open && onClose()}>
      <RadixDialog.Portal>
        <RadixDialog.Overlay className={scrim} />
        <RadixDialog.Content
          className={clsx(frame, wide && 'sm:w-[min(720px,calc(100vw-48px))]')}
          onCloseAutoFocus={goBack}
          {...(lead ? {} : { 'aria-describedby': undefined })}
        >
          <div className="mb-4 flex items-start justify-between gap-4">
            <div>
              <RadixDialog.Title className="text-[18px] font-[640] tracking-[-0.015em]">{title}</RadixDialog.Title>
              {lead && <RadixDialog.Description className="mt-0.5 text-ink-2">{lead}</RadixDialog.Description>}
            </div>
            <RadixDialog.Close asChild>
              <Button look="bare" size="icon" aria-label={t('dialog.close')} className="-mt-1.5 -mr-2">
                <X />
              </Button>
            </RadixDialog.Close>
          </div>
          {children}
        </RadixDialog.Content>
      </RadixDialog.Portal>
    </RadixDialog.Root>
  )
}

type ConfirmProps = {
  isOpen: boolean
  onClose(): void
  /** Names the thing: "Delete the call from Anna?" */
  title: string
  children: ReactNode
  action: string
  busy?: boolean
  onConfirm(): void
}

export function Confirm({ isOpen, onClose, title, children, action, busy, onConfirm }: ConfirmProps) {
  const { t } = useStrings()
  const goBack = useWayBack(isOpen)
  return (
    <RadixAlert.Root open={isOpen} onOpenChange={open => !open && onClose()}>
      <RadixAlert.Portal>
        <RadixAlert.Overlay className={scrim} />
        <RadixAlert.Content className={frame} onCloseAutoFocus={goBack}>
          <RadixAlert.Title className="text-[18px] font-[640] tracking-[-0.015em]">{title}</RadixAlert.Title>
          <RadixAlert.Description asChild>
            <div className="mt-1.5 text-ink-2">{children}</div>
          </RadixAlert.Description>
          <div className="mt-5 flex flex-col-reverse gap-2 sm:flex-row sm:justify-end">
            <RadixAlert.Cancel asChild>
              <Button>{t('dialog.cancel')}</Button>
            </RadixAlert.Cancel>
            <Button look="dangerMain" busy={busy ?? false} onClick={onConfirm}>
              {action}
            </Button>
          </div>
        </RadixAlert.Content>
      </RadixAlert.Portal>
    </RadixAlert.Root>
  )
}

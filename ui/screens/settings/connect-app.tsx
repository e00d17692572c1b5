import '../../strings/areas/push.ts'
import { useEffect, useState } from 'react'
import { Card, Section } from '../../parts/card.tsx'
import { usePlatform } from '../../platform/port.ts'
import { useStrings } from '../../strings/catalogue.tsx'

/** What the phone's camera reads to open the app with this server's address filled in. */
export const connectLink = (server: string) => `aicall://connect?server=${encodeURIComponent(server)}`

/** The QR code that saves typing the server's address into the app. */
export function ConnectApp() {
  const { t } = useStrings()
  const { kind } = usePlatform()
  const [server, setServer] = useState<string | null>(null)
  const [image, setImage] = useState<string | null>(null)
  useEffect(() => {
    if (kind === 'app') return
    let isGone = false
    setServer(window.location.origin)
    void import('qrcode')
      .then(({ toDataURL }) => toDataURL(connectLink(window.location.origin), { margin: 2, width: 176 }))
      .then(made => {
        if (!isGone) setImage(made)
      })
    return () => {
      isGone = true
    }
  }, [kind])
  if (kind === 'app' || server === null) return null
  const isLoopback = /^https?:\/\/(localhost|127\.|\[::1\])/.test(server)
  return (
    <Section title={t('app_link.title')} hint={t('app_link.hint')}>
      <Card className="flex flex-wrap items-center gap-5 p-4.5">
        {image && (
          <img
            src={image}
            alt={t('app_link.alt', { server })}
            width={176}
            height={176}
            className="rounded-s bg-white"
          />
        )}
        <div className="min-w-0 flex-1 basis-56">
          <p className="text-small text-ink-2">{t('app_link.address')}</p>
          <p className="break-all font-[560]">{server}</p>
          {isLoopback && <p className="mt-2 text-small text-amber">{t('app_link.loopback')}</p>}
        </div>
      </Card>
    </Section>
  )
}

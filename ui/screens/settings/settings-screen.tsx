import '../../strings/areas/account.ts'
import {
  ChartNoAxesColumn,
  LogOut,
  type LucideIcon,
  MessageCircleMore,
  ShieldCheck,
  SlidersHorizontal,
  Volume2,
} from 'lucide-react'
import { lazy, type ReactNode, Suspense } from 'react'
import type { Account, KeyDto, SessionDto } from '#lib/accounts/contract.ts'
import { useApi } from '../../api/context.tsx'
import { Button } from '../../parts/button.tsx'
import { Card, Page } from '../../parts/card.tsx'
import { Skeleton, useProblemText } from '../../parts/state.tsx'
import { tellProblem } from '../../parts/toast.tsx'
import { usePlatform } from '../../platform/port.ts'
import type { PlainKey } from '../../strings/catalogue.tsx'
import { useStrings } from '../../strings/catalogue.tsx'
import { KeySettings } from './keys.tsx'
import { PasswordSettings } from './password.tsx'
import { ProfileSettings } from './profile.tsx'
import { SessionSettings } from './sessions.tsx'

const TwoFactorSettings = lazy(() => import('./two-factor.tsx').then(module => ({ default: module.TwoFactorSettings })))
const PasskeySettings = lazy(() => import('./passkeys.tsx').then(module => ({ default: module.PasskeySettings })))
const NotificationSettings = lazy(() =>
  import('./notifications.tsx').then(module => ({ default: module.NotificationSettings })),
)
const ConnectApp = lazy(() => import('./connect-app.tsx').then(module => ({ default: module.ConnectApp })))
const DataSettings = lazy(() => import('./data.tsx').then(module => ({ default: module.DataSettings })))

type SettingsProps = {
  account: Account
  keys?: KeyDto[]
  sessions?: SessionDto[]
  /** What only this kind of device has: the phone's own calls in the app. */
  device?: ReactNode
}

export function SettingsScreen({ account, keys, sessions, device }: SettingsProps) {
  const { t } = useStrings()
  const client = useApi()
  const platform = usePlatform()
  const say = useProblemText()
  async function leave() {
    try {
      await platform.session.signOut(client)
      platform.restart('/login')
    } catch (error) {
      tellProblem(say(error))
    }
  }
  return (
    <Page
      title={t('nav.settings')}
      lead={t('settings.signed_in', { name: account.username })}
      aside={
        <Button onClick={() => void leave()}>
          <LogOut /> {t('settings.sign_out')}
        </Button>
      }
    >
      <More isAdmin={account.role === 'admin'} />
      {device}
      <ProfileSettings account={account} />
      <PasswordSettings />
      <Suspense fallback={<Skeleton className="h-32 !rounded-md" />}>
        <TwoFactorSettings />
        <PasskeySettings />
      </Suspense>
      <SessionSettings first={sessions} />
      <KeySettings first={keys} />
      <Suspense fallback={<Skeleton className="h-32 !rounded-md" />}>
        <NotificationSettings />
        <ConnectApp />
        <DataSettings account={account} />
      </Suspense>
    </Page>
  )
}

const more: readonly { href: string; icon: LucideIcon; key: PlainKey; adminOnly?: boolean }[] = [
  { href: '/rules', icon: SlidersHorizontal, key: 'nav.rules' },
  { href: '/try', icon: MessageCircleMore, key: 'nav.try' },
  { href: '/voice', icon: Volume2, key: 'nav.voice' },
  { href: '/overview', icon: ChartNoAxesColumn, key: 'nav.overview' },
  { href: '/admin', icon: ShieldCheck, key: 'nav.admin', adminOnly: true },
]

/** On a phone the bar below has four places: the others are here. */
function More({ isAdmin }: { isAdmin: boolean }) {
  const { t } = useStrings()
  const { Link } = usePlatform()
  return (
    <nav aria-label={t('nav.more')} className="lg:hidden">
      <Card className="overflow-hidden">
        <ul>
          {more
            .filter(place => !place.adminOnly || isAdmin)
            .map(({ href, icon: Icon, key }) => (
              <li key={href} className="border-line not-last:border-b">
                <Link href={href} className="flex min-h-12 items-center gap-3 px-4 hover:bg-sunk/60">
                  <Icon size={18} aria-hidden className="text-ink-2" /> {t(key)}
                </Link>
              </li>
            ))}
        </ul>
      </Card>
    </nav>
  )
}

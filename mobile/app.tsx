import { useQuery } from '@tanstack/react-query'
import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react'
import { readAccount } from '#ui/api/account.ts'
import { listLines } from '#ui/api/household.ts'
import { ApiProvider, useApi, useStream } from '#ui/api/provider.tsx'
import { Button } from '#ui/parts/button.tsx'
import { Problem, SkeletonRows } from '#ui/parts/state.tsx'
import { PlaceProvider } from '#ui/platform/clock.tsx'
import { usePlatform } from '#ui/platform/port.ts'
import { LoginScreen } from '#ui/screens/account/login-screen.tsx'
import { RegisterScreen } from '#ui/screens/account/register-screen.tsx'
import { Frame } from '#ui/screens/frame.tsx'
import { InboxScreen } from '#ui/screens/inbox/inbox-screen.tsx'
import { useStrings } from '#ui/strings/catalogue.tsx'
import { PullToRefresh } from './pull-to-refresh.tsx'
import { PhoneCalls } from './screens/phone-calls.tsx'
import { PhoneNews } from './screens/phone-news.tsx'
import { useSystem } from './system.ts'
import { useOrders, useSubscription } from './use-news.ts'

const LiveScreen = lazy(() =>
  import('#ui/screens/live/live-screen.tsx').then(module => ({ default: module.LiveScreen })),
)
const PeopleScreen = lazy(() =>
  import('#ui/screens/people/people-screen.tsx').then(module => ({ default: module.PeopleScreen })),
)
const RulesScreen = lazy(() =>
  import('#ui/screens/rules/rules-screen.tsx').then(module => ({ default: module.RulesScreen })),
)
const TryScreen = lazy(() => import('#ui/screens/try/try-screen.tsx').then(module => ({ default: module.TryScreen })))
const SettingsScreen = lazy(() =>
  import('#ui/screens/settings/settings-screen.tsx').then(module => ({ default: module.SettingsScreen })),
)
const VoiceScreen = lazy(() =>
  import('#ui/screens/voice/voice-screen.tsx').then(module => ({ default: module.VoiceScreen })),
)
const OverviewScreen = lazy(() =>
  import('#ui/screens/overview/overview-screen.tsx').then(module => ({ default: module.OverviewScreen })),
)
const AdminScreen = lazy(() =>
  import('#ui/screens/admin/admin-screen.tsx').then(module => ({ default: module.AdminScreen })),
)

type AppProps = { isSignedIn: boolean; onChangeServer(): void }

/** Not signed in means login; every other screen is the dashboard's own. */
export function App({ isSignedIn, onChangeServer }: AppProps) {
  const path = usePlatform().usePath()
  useSystem()
  return (
    <PlaceProvider timeZone={Intl.DateTimeFormat().resolvedOptions().timeZone} now={Date.now()}>
      <ApiProvider>
        {isSignedIn ? <SignedIn path={path} /> : <SignedOut path={path} onChangeServer={onChangeServer} />}
      </ApiProvider>
    </PlaceProvider>
  )
}

function SignedOut({ path, onChangeServer }: { path: string; onChangeServer(): void }) {
  const { t } = useStrings()
  const { serverUrl } = usePlatform()
  return (
    <>
      {path === '/register' ? (
        <RegisterScreen />
      ) : (
        <LoginScreen next="/inbox" hasEnded={window.location.hash.includes('ended=1')} canRegister />
      )}
      <p className="fixed inset-x-0 bottom-0 flex flex-wrap items-center justify-center gap-x-3 pb-3 text-small text-ink-3">
        {t('connect.to', { server: serverUrl })}
        <Button look="bare" size="small" onClick={onChangeServer}>
          {t('connect.change')}
        </Button>
      </p>
    </>
  )
}

function SignedIn({ path }: { path: string }) {
  const client = useApi()
  const account = useQuery({ queryKey: ['account'], queryFn: () => readAccount(client) })
  useSubscription()
  useOrders(path)
  if (account.isError) return <Problem error={account.error} onRetry={() => void account.refetch()} className="m-4" />
  if (!account.data) return <SkeletonRows />
  return (
    <Frame isAdmin={account.data.role === 'admin'}>
      <OfflineBanner />
      <PullToRefresh />
      <Suspense fallback={<SkeletonRows />}>{screenAt(path, account.data)}</Suspense>
    </Frame>
  )
}

function screenAt(path: string, account: Awaited<ReturnType<typeof readAccount>>): ReactNode {
  switch (path.split('/')[1]) {
    case 'live':
      return <LiveScreen />
    case 'people':
      return <PeopleScreen />
    case 'rules':
      return <RulesScreen />
    case 'try':
      return <TryAtHome />
    case 'voice':
      return <VoiceScreen isAdmin={account.role === 'admin'} />
    case 'overview':
      return <OverviewScreen />
    case 'admin':
      return account.role === 'admin' ? <AdminScreen ownId={account.id} /> : <InboxScreen />
    case 'settings':
      return <SettingsScreen account={account} device={<Device username={account.username} />} />
    default:
      return <InboxScreen />
  }
}

/** What only a phone has. */
function Device({ username }: { username: string }) {
  return (
    <>
      <PhoneNews username={username} />
      <PhoneCalls username={username} />
    </>
  )
}

/** The line's own greeting opens the conversation, as on the telephone. */
function TryAtHome() {
  const client = useApi()
  const lines = useQuery({ queryKey: ['lines'], queryFn: () => listLines(client) })
  if (lines.isError) return <Problem error={lines.error} onRetry={() => void lines.refetch()} className="m-4" />
  if (!lines.data) return <SkeletonRows />
  return <TryScreen greeting={lines.data[0]?.greeting ?? ''} />
}

/** Stays while the connection is tried again: only a stream that is open means that news arrive. */
function OfflineBanner() {
  const { t } = useStrings()
  const { serverUrl } = usePlatform()
  const stream = useStream()
  const [isAway, setAway] = useState(false)
  useEffect(() => {
    if (stream !== 'connecting') setAway(stream === 'offline')
  }, [stream])
  return (
    <div aria-live="polite">
      {isAway && (
        <p className="bg-amber-soft px-4 py-2 text-small text-amber">{t('phone.offline', { server: serverUrl })}</p>
      )}
    </div>
  )
}

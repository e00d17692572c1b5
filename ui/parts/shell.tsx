import clsx from 'clsx'
import {
  AudioLines,
  ChartNoAxesColumn,
  Inbox,
  type LucideIcon,
  MessageCircleMore,
  Settings,
  ShieldCheck,
  SlidersHorizontal,
  Users,
  Volume2,
} from 'lucide-react'
import type { ReactNode } from 'react'
import { useStream } from '../api/context.tsx'
import { usePlatform } from '../platform/port.ts'
import type { PlainKey } from '../strings/catalogue.tsx'
import { useStrings } from '../strings/catalogue.tsx'
import { Brand } from './brand.tsx'

type Place = { href: string; icon: LucideIcon; key: PlainKey; isTab?: boolean; adminOnly?: boolean }

export const places: readonly Place[] = [
  { href: '/inbox', icon: Inbox, key: 'nav.inbox', isTab: true },
  { href: '/live', icon: AudioLines, key: 'nav.live', isTab: true },
  { href: '/people', icon: Users, key: 'nav.people', isTab: true },
  { href: '/rules', icon: SlidersHorizontal, key: 'nav.rules' },
  { href: '/try', icon: MessageCircleMore, key: 'nav.try' },
  { href: '/voice', icon: Volume2, key: 'nav.voice' },
  { href: '/overview', icon: ChartNoAxesColumn, key: 'nav.overview' },
  { href: '/settings', icon: Settings, key: 'nav.settings', isTab: true },
  { href: '/admin', icon: ShieldCheck, key: 'nav.admin', adminOnly: true },
]

type ShellProps = {
  isAdmin: boolean
  unread: number
  running: number
  /** What the foot of the rail says about the machine. */
  status?: readonly { key: string; text: string; isFine: boolean }[]
  children: ReactNode
}

/** The frame of every signed-in page: a rail from 1024 px on, a bar of four below on a phone. */
export function Shell({ isAdmin, unread, running, status = [], children }: ShellProps) {
  const { t, tn } = useStrings()
  const { Link, usePath } = usePlatform()
  const path = usePath()
  const isHere = (href: string) => path === href || path.startsWith(`${href}/`)
  const shown = places.filter(place => !place.adminOnly || isAdmin)
  const countFor = (href: string) => (href === '/inbox' ? unread : href === '/live' ? running : 0)
  const sayCount = (href: string, count: number) =>
    href === '/inbox' ? tn('nav.unread', count) : tn('nav.running', count)

  return (
    <div className="flex h-dvh flex-col lg:grid lg:grid-cols-[208px_minmax(0,1fr)]">
      <a
        href="#content"
        className="absolute top-2 left-2 z-50 -translate-y-20 rounded-sm bg-ink px-3 py-2 text-paper focus:translate-y-0"
      >
        {t('nav.skip')}
      </a>
      <nav
        aria-label={t('nav.main')}
        className="hidden flex-col gap-0.5 overflow-y-auto border-r border-line px-3 py-4.5 lg:flex"
      >
        <Link
          href="/inbox"
          className="mb-3 flex items-center gap-2.5 rounded-sm px-2.5 py-0.5 font-[650] tracking-[-0.01em]"
        >
          <Brand />
          {t('app.name')}
        </Link>
        {shown.map(({ href, icon: Icon, key }) => {
          const count = countFor(href)
          return (
            <Link
              key={href}
              href={href}
              aria-current={isHere(href) ? 'page' : undefined}
              className={clsx(
                'flex min-h-9.5 items-center gap-2.5 rounded-sm px-2.5 py-1.5 transition-colors',
                isHere(href)
                  ? 'bg-sunk font-[560] text-ink dark:bg-card'
                  : 'text-ink-2 hover:bg-sunk/70 hover:text-ink',
              )}
            >
              <Icon size={18} strokeWidth={1.8} aria-hidden />
              <span className="min-w-0 truncate">{t(key)}</span>
              {count > 0 && (
                <span className="ml-auto rounded-full bg-accent-soft px-1.5 text-tiny font-semibold text-accent-ink">
                  <span aria-hidden>{count > 99 ? '99+' : count}</span>
                  <span className="sr-only">{sayCount(href, count)}</span>
                </span>
              )}
            </Link>
          )
        })}
        <ul className="mt-auto grid gap-1.5 px-2.5 pt-6 text-small text-ink-3">
          {status.map(line => (
            <li key={line.key} className="flex items-baseline gap-2">
              <span
                aria-hidden
                className={clsx(
                  'size-[7px] shrink-0 -translate-y-px rounded-full',
                  line.isFine ? 'bg-accent' : 'bg-amber',
                )}
              />
              {line.text}
            </li>
          ))}
        </ul>
      </nav>
      <div className="flex min-h-0 flex-1 flex-col">
        <Offline />
        <main id="content" tabIndex={-1} className="min-h-0 flex-1 overflow-y-auto outline-none">
          {children}
        </main>
      </div>
      <nav
        aria-label={t('nav.main')}
        className="grid grid-cols-4 border-t border-line bg-card px-1.5 pt-1.5 pb-[max(8px,env(safe-area-inset-bottom))] lg:hidden"
      >
        {shown
          .filter(place => place.isTab)
          .map(({ href, icon: Icon, key }) => {
            const count = countFor(href)
            const isOn = isHere(href)
            return (
              <Link
                key={href}
                href={href}
                aria-current={isOn ? 'page' : undefined}
                className={clsx(
                  'grid min-h-12 justify-items-center gap-0.5 rounded-sm py-1 text-tiny',
                  isOn ? 'font-[560] text-accent' : 'text-ink-3',
                )}
              >
                <span className="relative">
                  <Icon size={22} strokeWidth={1.8} aria-hidden />
                  {count > 0 && (
                    <span className="absolute -top-1.5 left-3.5 min-w-4 rounded-full bg-accent px-1 text-center text-[11px] leading-4 font-semibold text-on-accent">
                      <span aria-hidden>{count > 99 ? '99+' : count}</span>
                      <span className="sr-only">{sayCount(href, count)}</span>
                    </span>
                  )}
                </span>
                {t(key)}
              </Link>
            )
          })}
      </nav>
    </div>
  )
}

function Offline() {
  const { t } = useStrings()
  const state = useStream()
  return (
    <div role="status">
      {state === 'offline' && (
        <p className="bg-amber-soft px-4 py-1.5 text-center text-small text-amber">{t('state.offline')}</p>
      )}
    </div>
  )
}

import '../../strings/areas/inbox.ts'
import '../../strings/areas/service.ts'
import { useQuery } from '@tanstack/react-query'
import { Check, MessageCircleMore, Phone, Users, Volume2 } from 'lucide-react'
import { readFullHealth } from '../../api/admin.ts'
import { useApi } from '../../api/context.tsx'
import { ButtonLink } from '../../parts/button.tsx'
import { Card, Page } from '../../parts/card.tsx'
import { Tag } from '../../parts/tag.tsx'
import { useStrings } from '../../strings/catalogue.tsx'

/** The first minutes: from an empty service to a line that answers. */
export function WelcomeScreen() {
  const { t, said } = useStrings()
  const client = useApi()
  const health = useQuery({
    queryKey: ['health', 'full'],
    queryFn: () => readFullHealth(client),
    refetchInterval: 5_000,
  })
  const telephone = health.data?.details.telephone
  const steps = [
    { key: 'try', icon: MessageCircleMore, href: '/try', action: t('inbox.try'), isDone: false, note: null },
    { key: 'people', icon: Users, href: '/people', action: t('nav.people'), isDone: false, note: null },
    { key: 'voice', icon: Volume2, href: '/voice', action: t('nav.voice'), isDone: false, note: null },
    {
      key: 'telephone',
      icon: Phone,
      href: null,
      action: null,
      isDone: telephone?.working ?? false,
      note: telephone ? said(telephone.message) : null,
    },
  ] as const
  return (
    <Page title={t('welcome.title')} lead={t('welcome.lead')}>
      <ol className="grid gap-3">
        {steps.map(({ key, icon: Icon, href, action, isDone, note }, index) => (
          <li key={key}>
            <Card className="flex flex-wrap items-center gap-4 p-4.5">
              <span
                aria-hidden
                className="grid size-10 shrink-0 place-items-center rounded-full bg-accent-soft text-accent-ink"
              >
                <Icon size={20} />
              </span>
              <div className="min-w-0 flex-1 basis-56">
                <h2 className="flex items-center gap-2 text-[16px] font-[620]">
                  {index + 1}. {t(`welcome.${key}`)}
                  {isDone && (
                    <Tag tone="green" icon={Check}>
                      {t('welcome.done')}
                    </Tag>
                  )}
                </h2>
                <p className="text-ink-2">{t(`welcome.${key}_hint`)}</p>
                {key === 'telephone' && (
                  <>
                    <pre className="mt-2 rounded-sm bg-sunk px-3 py-2 text-small whitespace-pre-wrap dark:bg-paper">
                      npm run asterisk-config
                    </pre>
                    {note && (
                      <p role="status" className="mt-2 text-small text-ink-2">
                        {note}
                      </p>
                    )}
                  </>
                )}
              </div>
              {href && <ButtonLink href={href}>{action}</ButtonLink>}
            </Card>
          </li>
        ))}
      </ol>
      <ButtonLink href="/inbox" look="main" className="justify-self-start">
        {t('state.to_inbox')}
      </ButtonLink>
    </Page>
  )
}

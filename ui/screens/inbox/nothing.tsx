import '../../strings/areas/inbox.ts'
import { Archive, Inbox, MessageCircleMore, SearchX } from 'lucide-react'
import { ButtonLink } from '../../parts/button.tsx'
import { Empty } from '../../parts/state.tsx'
import { useStrings } from '../../strings/catalogue.tsx'
import type { Show } from './use-calls.ts'

/** Why there is no call to see, and what to do about it. */
export function Nothing({ show, q }: { show: Show; q: string }) {
  const { t } = useStrings()
  if (q)
    return (
      <Empty icon={SearchX} title={t('inbox.none_found')}>
        {t('inbox.none_found_hint', { q })}
      </Empty>
    )
  if (show === 'archived')
    return (
      <Empty icon={Archive} title={t('inbox.none_archived')}>
        {t('inbox.none_archived_hint')}
      </Empty>
    )
  if (show !== 'all')
    return (
      <Empty icon={Inbox} title={t('inbox.none_here')}>
        {t('inbox.none_here_hint')}
      </Empty>
    )
  return (
    <Empty
      icon={Inbox}
      title={t('inbox.empty')}
      action={
        <ButtonLink href="/try" look="main">
          <MessageCircleMore /> {t('inbox.try')}
        </ButtonLink>
      }
    >
      {t('inbox.empty_hint')}
    </Empty>
  )
}

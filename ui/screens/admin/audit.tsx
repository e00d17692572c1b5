import '../../strings/areas/service.ts'
import { useInfiniteQuery } from '@tanstack/react-query'
import { listAudit } from '../../api/admin.ts'
import { useApi } from '../../api/context.tsx'
import { Button } from '../../parts/button.tsx'
import { Card, Section } from '../../parts/card.tsx'
import { Problem, SkeletonRows } from '../../parts/state.tsx'
import { useFormats } from '../../platform/clock.tsx'
import { useStrings } from '../../strings/catalogue.tsx'

/** Who did what to accounts, keys and settings, and from where. */
export function Audit() {
  const { t } = useStrings()
  const client = useApi()
  const formats = useFormats()
  const query = useInfiniteQuery({
    queryKey: ['audit'],
    queryFn: ({ pageParam }) => listAudit(client, pageParam),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: page => page.next ?? undefined,
  })
  const entries = query.data?.pages.flatMap(page => page.entries) ?? []
  return (
    <Section title={t('admin.audit')} hint={t('admin.audit_hint')}>
      {query.isError && entries.length === 0 ? (
        <Problem error={query.error} onRetry={() => void query.refetch()} />
      ) : query.isPending ? (
        <SkeletonRows rows={3} />
      ) : (
        <Card
          // On a phone the table scrolls, by keyboard too.
          tabIndex={0}
          role="region"
          aria-label={t('admin.audit')}
          className="overflow-x-auto"
        >
          <table className="w-full text-small">
            <thead className="text-left text-ink-3">
              <tr>
                {([t('admin.when'), t('admin.who'), t('admin.what'), t('admin.where')] as const).map(name => (
                  <th key={name} scope="col" className="px-4 py-2.5 font-[560]">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {entries.map(entry => (
                <tr key={entry.id} className="border-t border-line">
                  <td className="px-4 py-2 whitespace-nowrap text-ink-2">{formats.dateTime(entry.createdAt)}</td>
                  <td className="px-4 py-2">{entry.username ?? '–'}</td>
                  <td className="px-4 py-2 whitespace-nowrap">
                    {t(`audit.${entry.action}`)}
                    {entry.target && <span className="text-ink-2"> {entry.target}</span>}
                  </td>
                  <td className="px-4 py-2 text-ink-2">{entry.address ?? '–'}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Card>
      )}
      {query.hasNextPage && (
        <Button
          className="justify-self-center"
          busy={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {t('more')}
        </Button>
      )}
    </Section>
  )
}

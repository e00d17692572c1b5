import '../../strings/areas/house.ts'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Trash2, Upload } from 'lucide-react'
import { useRef, useState } from 'react'
import { useApi } from '../../api/context.tsx'
import { type BlockList, importBlockList, listBlockLists, removeBlockList } from '../../api/household.ts'
import { Button } from '../../parts/button.tsx'
import { Card, Section } from '../../parts/card.tsx'
import { Confirm } from '../../parts/dialog.tsx'
import { Problem, SkeletonRows, useProblemText } from '../../parts/state.tsx'
import { tell, tellProblem } from '../../parts/toast.tsx'
import { useStrings } from '../../strings/catalogue.tsx'

const longestName = 60

/** Lists of numbers that are refused before the telephone is answered: brought in from a file, removed as a whole. */
export function BlockLists() {
  const { t, tn } = useStrings()
  const client = useApi()
  const queries = useQueryClient()
  const say = useProblemText()
  const [doomed, setDoomed] = useState<BlockList | null>(null)
  const file = useRef<HTMLInputElement>(null)
  const query = useQuery({ queryKey: ['block-lists'], queryFn: () => listBlockLists(client) })
  const again = () => void queries.invalidateQueries({ queryKey: ['block-lists'] })

  const bringIn = useMutation({
    mutationFn: (chosen: File) => importBlockList(client, nameOf(chosen), chosen),
    onSuccess: ({ added, skipped }) => {
      if (added === 0 && skipped > 0) tellProblem(t('block_lists.nothing'))
      else tell(t('block_lists.imported', { added: tn('block_lists.count', added), skipped }))
    },
    onError: error => tellProblem(say(error)),
    onSettled: again,
  })
  const remove = useMutation({
    mutationFn: ({ list }: BlockList) => removeBlockList(client, list),
    onSuccess: ({ removed }) => {
      tell(t('block_lists.removed', { count: tn('block_lists.count', removed) }))
      setDoomed(null)
    },
    onError: error => tellProblem(say(error)),
    onSettled: again,
  })

  const lists = query.data ?? []
  return (
    <Section
      id="block-lists"
      title={t('block_lists.title')}
      hint={t('block_lists.hint')}
      aside={
        <>
          <input
            ref={file}
            type="file"
            accept=".txt,.csv,text/plain,text/csv"
            className="hidden"
            aria-label={t('block_lists.import')}
            onChange={event => {
              const chosen = event.target.files?.[0]
              if (chosen) bringIn.mutate(chosen)
              event.target.value = ''
            }}
          />
          <Button busy={bringIn.isPending} onClick={() => file.current?.click()}>
            <Upload /> {t('block_lists.import')}
          </Button>
        </>
      }
    >
      {query.isError && !query.data ? (
        <Problem error={query.error} onRetry={() => void query.refetch()} />
      ) : query.isPending ? (
        <SkeletonRows rows={1} />
      ) : lists.length === 0 ? (
        <Card className="px-4 py-3 text-ink-2">{t('block_lists.empty')}</Card>
      ) : (
        <Card className="overflow-hidden">
          <ul aria-label={t('block_lists.title')}>
            {lists.map(each => (
              <li key={each.list} className="flex items-center gap-3 border-line py-2 pr-3 pl-4 not-last:border-b">
                <div className="min-w-0 flex-1">
                  <p className="truncate font-[540]">{each.list}</p>
                  <p className="text-small text-ink-2">{tn('block_lists.count', each.count)}</p>
                </div>
                <Button
                  look="bare"
                  size="icon"
                  aria-label={t('block_lists.remove_this', { name: each.list })}
                  onClick={() => setDoomed(each)}
                >
                  <Trash2 />
                </Button>
              </li>
            ))}
          </ul>
        </Card>
      )}
      {doomed && (
        <Confirm
          isOpen
          onClose={() => setDoomed(null)}
          title={t('block_lists.remove_title', { name: doomed.list })}
          action={t('block_lists.remove')}
          busy={remove.isPending}
          onConfirm={() => remove.mutate(doomed)}
        >
          {t('block_lists.remove_lead', { count: tn('block_lists.count', doomed.count) })}
        </Confirm>
      )}
    </Section>
  )
}

/** A list is called after its file: the same file brought in again adds what is new to the same list. */
function nameOf(file: File): string {
  return (
    file.name
      .replace(/\.[^.]*$/, '')
      .trim()
      .slice(0, longestName) || file.name.slice(0, longestName)
  )
}

import '../../strings/areas/inbox.ts'
import '../../strings/areas/house.ts'
import { type InfiniteData, useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { Download, Pencil, Plus, Star, Trash2, Upload, Users } from 'lucide-react'
import { useRef, useState } from 'react'
import type { PeoplePage, Person, Trust } from '#lib/people/contract.ts'
import { useApi } from '../../api/context.tsx'
import { addPerson, importPeople, listPeople, removePerson } from '../../api/household.ts'
import { Avatar } from '../../parts/avatar.tsx'
import { Button } from '../../parts/button.tsx'
import { Card, Page } from '../../parts/card.tsx'
import { Chips } from '../../parts/chips.tsx'
import { TextField } from '../../parts/field.tsx'
import { Empty, Problem, SkeletonRows, useProblemText } from '../../parts/state.tsx'
import { Tag, type Tone } from '../../parts/tag.tsx'
import { tell, tellProblem, tellWithUndo } from '../../parts/toast.tsx'
import { saveFile } from '../../platform/save-file.ts'
import { useStrings } from '../../strings/catalogue.tsx'
import { PersonDialog } from './person-dialog.tsx'

const toneOf: Record<Trust, Tone> = { favourite: 'green', known: 'blue', blocked: 'red' }
type Show = 'all' | Trust
type Pages = InfiniteData<PeoplePage, string | undefined>

/** Who is known, and what that buys them. */
export function PeopleScreen({ first }: { first?: PeoplePage }) {
  const { t, tn } = useStrings()
  const client = useApi()
  const queries = useQueryClient()
  const say = useProblemText()
  const [show, setShow] = useState<Show>('all')
  const [search, setSearch] = useState('')
  const [edited, setEdited] = useState<Person | 'new' | null>(null)
  const file = useRef<HTMLInputElement>(null)
  const key = ['people', show, search.trim()]
  const query = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam }) =>
      listPeople(client, {
        ...(show === 'all' ? {} : { trust: show }),
        ...(search.trim() ? { search: search.trim() } : {}),
        ...(pageParam ? { cursor: pageParam } : {}),
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: page => page.next ?? undefined,
    placeholderData: known => known,
    ...(first && show === 'all' && !search.trim()
      ? { initialData: { pages: [first], pageParams: [undefined] } satisfies Pages }
      : {}),
  })
  const people = (query.data?.pages ?? []).flatMap(page => page.people)
  const again = () => void queries.invalidateQueries({ queryKey: ['people'] })

  const bringIn = useMutation({
    mutationFn: (chosen: Blob) => importPeople(client, chosen),
    onSuccess: result => {
      if (result.added + result.updated === 0) tellProblem(t('people.none_in_file'))
      else tell(t('people.imported', { added: result.added, updated: result.updated, skipped: result.skipped }))
      again()
    },
    onError: error => tellProblem(say(error)),
  })

  async function remove(person: Person) {
    queries.setQueryData<Pages>(
      key,
      pages =>
        pages && {
          ...pages,
          pages: pages.pages.map(page => ({ ...page, people: page.people.filter(each => each.id !== person.id) })),
        },
    )
    try {
      await removePerson(client, person.id)
      tellWithUndo(t('people.removed', { name: person.name }), {
        label: t('undo'),
        run: () => {
          const { name, organisation, trust, note, quietFromMin, quietToMin, numbers } = person
          void addPerson(client, {
            name,
            organisation,
            trust,
            note,
            quietFromMin,
            quietToMin,
            numbers: numbers.map(each => each.number),
          })
            .catch(error => tellProblem(say(error)))
            .finally(again)
        },
      })
    } catch (error) {
      tellProblem(say(error))
    }
    again()
  }

  const isEmptyHouse = show === 'all' && !search.trim() && people.length === 0
  return (
    <Page
      title={t('people.title')}
      lead={t('people.lead')}
      aside={
        <>
          <input
            ref={file}
            type="file"
            accept=".vcf,text/vcard,text/x-vcard"
            className="hidden"
            aria-label={t('people.import')}
            onChange={event => {
              const chosen = event.target.files?.[0]
              if (chosen) bringIn.mutate(chosen)
              event.target.value = ''
            }}
          />
          <Button busy={bringIn.isPending} onClick={() => file.current?.click()}>
            <Upload /> {t('people.import')}
          </Button>
          <Button
            onClick={() =>
              void saveFile(client, '/api/v1/people/export', 'people.vcf').catch(error => tellProblem(say(error)))
            }
          >
            <Download /> {t('people.export')}
          </Button>
          <Button look="main" onClick={() => setEdited('new')}>
            <Plus /> {t('people.add')}
          </Button>
        </>
      }
    >
      <div className="grid gap-3">
        <TextField
          quiet
          label={t('people.search')}
          type="search"
          placeholder={t('people.search')}
          maxLength={100}
          value={search}
          onChange={event => setSearch(event.target.value)}
        />
        <Chips<Show>
          label={t('people.filter')}
          value={show}
          onChange={setShow}
          options={[
            { value: 'all', label: t('inbox.all') },
            { value: 'favourite', label: t('trust.favourites') },
            { value: 'known', label: t('trust.known') },
            { value: 'blocked', label: t('trust.blocked') },
          ]}
        />
        {query.isError && people.length === 0 ? (
          <Problem error={query.error} onRetry={() => void query.refetch()} />
        ) : query.isPending ? (
          <SkeletonRows />
        ) : people.length === 0 ? (
          <Empty icon={Users} title={isEmptyHouse ? t('people.empty') : t('people.none_found')}>
            {isEmptyHouse ? t('people.empty_hint') : t('inbox.none_here_hint')}
          </Empty>
        ) : (
          <Card className="overflow-hidden">
            <ul aria-label={tn('people.count', people.length)}>
              {people.map(person => (
                <li key={person.id} className="flex items-center gap-3 border-line px-4 py-2.5 not-last:border-b">
                  <Avatar name={person.name} tone={toneOf[person.trust]} />
                  <div className="min-w-0 flex-1">
                    <p className="line-clamp-2 font-[540] [overflow-wrap:anywhere]">
                      {[person.name, person.organisation].filter(Boolean).join(', ')}
                    </p>
                    <p className="flex flex-wrap items-center gap-x-2 gap-y-0.5 text-[14px] text-ink-2">
                      <Tag tone={toneOf[person.trust]} {...(person.trust === 'favourite' ? { icon: Star } : {})}>
                        {t(`trust.${person.trust}`)}
                      </Tag>
                      {person.numbers.length === 0 && <span>{t('people.no_number')}</span>}
                      {person.numbers.map(({ number }) => (
                        <span key={number} className="[overflow-wrap:anywhere]">
                          {number}
                        </span>
                      ))}
                    </p>
                  </div>
                  <Button
                    look="bare"
                    size="icon"
                    aria-label={t('people.edit', { name: person.name })}
                    onClick={() => setEdited(person)}
                  >
                    <Pencil />
                  </Button>
                  <Button
                    look="bare"
                    size="icon"
                    aria-label={t('people.remove', { name: person.name })}
                    onClick={() => void remove(person)}
                  >
                    <Trash2 />
                  </Button>
                </li>
              ))}
            </ul>
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
      </div>
      {edited && (
        <PersonDialog
          person={edited === 'new' ? undefined : edited}
          onClose={() => setEdited(null)}
          onSaved={() => {
            setEdited(null)
            again()
          }}
        />
      )}
    </Page>
  )
}

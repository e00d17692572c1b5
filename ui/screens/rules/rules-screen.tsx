import '../../strings/areas/house.ts'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Plus, SlidersHorizontal } from 'lucide-react'
import { useState } from 'react'
import type { Line } from '#lib/lines/contract.ts'
import type { Rule } from '#lib/rules/contract.ts'
import { useApi } from '../../api/context.tsx'
import { addRule, changeRule, listLines, listRules, orderRules, removeRule } from '../../api/household.ts'
import { Button } from '../../parts/button.tsx'
import { Page } from '../../parts/card.tsx'
import { Empty, Problem, SkeletonRows, useProblemText } from '../../parts/state.tsx'
import { tellProblem, tellWithUndo } from '../../parts/toast.tsx'
import { useStrings } from '../../strings/catalogue.tsx'
import { BlockLists } from './block-lists.tsx'
import { NumberTest } from './number-test.tsx'
import { RuleDialog } from './rule-dialog.tsx'
import { RuleList } from './rule-list.tsx'

/** Rules as sentences, asked from top to bottom. */
export function RulesScreen({ first, lines: firstLines }: { first?: Rule[]; lines?: Line[] }) {
  const { t } = useStrings()
  const client = useApi()
  const queries = useQueryClient()
  const say = useProblemText()
  const [edited, setEdited] = useState<Rule | 'new' | null>(null)
  const rules = useQuery({
    queryKey: ['rules'],
    queryFn: () => listRules(client),
    ...(first ? { initialData: first } : {}),
  })
  const lines = useQuery({
    queryKey: ['lines'],
    queryFn: () => listLines(client),
    ...(firstLines ? { initialData: firstLines } : {}),
  })
  const again = () => void queries.invalidateQueries({ queryKey: ['rules'] })

  /** Shown at once, taken back when the service refuses. */
  const edit = useMutation({
    mutationFn: ({ work }: { next: Rule[]; work(): Promise<unknown> }) => work(),
    onMutate: async ({ next }) => {
      await queries.cancelQueries({ queryKey: ['rules'] })
      const before = queries.getQueryData<Rule[]>(['rules'])
      queries.setQueryData(['rules'], next)
      return { before }
    },
    onError: (error, _work, context) => {
      queries.setQueryData(['rules'], context?.before)
      tellProblem(say(error))
    },
    onSettled: again,
  })

  const known = rules.data ?? []
  const order = (next: Rule[]) =>
    edit.mutate({
      next,
      work: () =>
        orderRules(
          client,
          next.map(rule => rule.id),
        ),
    })
  const toggle = (rule: Rule, isEnabled: boolean) =>
    edit.mutate({
      next: known.map(each => (each.id === rule.id ? { ...each, isEnabled } : each)),
      work: () => changeRule(client, rule.id, { isEnabled }),
    })
  function remove(rule: Rule) {
    edit.mutate({ next: known.filter(each => each.id !== rule.id), work: () => removeRule(client, rule.id) })
    tellWithUndo(t('rules.removed'), {
      label: t('undo'),
      run: () => {
        const { id: _id, position: _position, createdAt: _createdAt, ...draft } = rule
        const place = known.findIndex(each => each.id === rule.id)
        void addRule(client, draft)
          .then(added => {
            const ids = known.filter(each => each.id !== rule.id).map(each => each.id)
            ids.splice(place, 0, added.id)
            return orderRules(client, ids)
          })
          .catch(error => tellProblem(say(error)))
          .finally(again)
      },
    })
  }

  return (
    <Page
      title={t('rules.title')}
      lead={t('rules.lead')}
      wide
      aside={
        <Button look="main" onClick={() => setEdited('new')}>
          <Plus /> {t('rules.add')}
        </Button>
      }
    >
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_320px] lg:gap-8">
        {rules.isError && known.length === 0 ? (
          <Problem error={rules.error} onRetry={() => void rules.refetch()} />
        ) : rules.isPending ? (
          <SkeletonRows rows={3} />
        ) : known.length === 0 ? (
          <Empty
            icon={SlidersHorizontal}
            title={t('rules.empty')}
            action={
              <Button look="main" onClick={() => setEdited('new')}>
                <Plus /> {t('rules.add')}
              </Button>
            }
          >
            {t('rules.empty_hint')}
          </Empty>
        ) : (
          <RuleList
            rules={known}
            lines={lines.data ?? []}
            onOrder={order}
            onToggle={toggle}
            onEdit={setEdited}
            onRemove={remove}
          />
        )}
        <NumberTest />
      </div>
      <div className="mt-8">
        <BlockLists />
      </div>
      {edited && (
        <RuleDialog
          rule={edited === 'new' ? undefined : edited}
          lines={lines.data ?? []}
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

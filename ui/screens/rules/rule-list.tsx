import '../../strings/areas/house.ts'
import {
  type Announcements,
  closestCenter,
  DndContext,
  type DragEndEvent,
  KeyboardSensor,
  PointerSensor,
  useSensor,
  useSensors,
} from '@dnd-kit/core'
import {
  arrayMove,
  SortableContext,
  sortableKeyboardCoordinates,
  useSortable,
  verticalListSortingStrategy,
} from '@dnd-kit/sortable'
import clsx from 'clsx'
import { GripVertical, Pencil, Trash2 } from 'lucide-react'
import type { Line } from '#lib/lines/contract.ts'
import type { Rule } from '#lib/rules/contract.ts'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { Switch } from '../../parts/field.tsx'
import { actionLook, toneStyle } from '../../parts/tag.tsx'
import { useStrings } from '../../strings/catalogue.tsx'
import { sayRule } from './sentence.ts'

type ListProps = {
  rules: Rule[]
  lines: readonly Line[]
  onOrder(next: Rule[]): void
  onToggle(rule: Rule, isEnabled: boolean): void
  onEdit(rule: Rule): void
  onRemove(rule: Rule): void
}

/** The order is the meaning: by drag, or with the handle by keyboard (Space, arrows, Space). */
export function RuleList({ rules, lines, onOrder, onToggle, onEdit, onRemove }: ListProps) {
  const { t } = useStrings()
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 4 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  )
  const place = (id: unknown) => rules.findIndex(rule => rule.id === id) + 1
  const announcements: Announcements = {
    onDragStart: ({ active }) => t('rules.drag_start', { place: place(active.id) }),
    onDragOver: ({ over }) => (over ? t('rules.drag_over', { place: place(over.id), of: rules.length }) : undefined),
    onDragEnd: ({ over }) => (over ? t('rules.drag_end', { place: place(over.id) }) : t('rules.drag_cancel')),
    onDragCancel: () => t('rules.drag_cancel'),
  }
  function end({ active, over }: DragEndEvent) {
    if (!over || over.id === active.id) return
    onOrder(arrayMove(rules, place(active.id) - 1, place(over.id) - 1))
  }
  return (
    <DndContext
      id="rules"
      sensors={sensors}
      collisionDetection={closestCenter}
      onDragEnd={end}
      accessibility={{ announcements, screenReaderInstructions: { draggable: t('rules.drag_how') } }}
    >
      <SortableContext items={rules.map(rule => rule.id)} strategy={verticalListSortingStrategy}>
        <ol className="grid gap-2">
          {rules.map((rule, index) => (
            <RuleRow
              key={rule.id}
              rule={rule}
              place={index + 1}
              lineName={lines.length > 1 ? lines.find(line => line.id === rule.lineId)?.name : undefined}
              onToggle={onToggle}
              onEdit={onEdit}
              onRemove={onRemove}
            />
          ))}
        </ol>
      </SortableContext>
    </DndContext>
  )
}

type RowProps = Pick<ListProps, 'onToggle' | 'onEdit' | 'onRemove'> & {
  rule: Rule
  place: number
  lineName?: string | undefined
}

function RuleRow({ rule, place, lineName, onToggle, onEdit, onRemove }: RowProps) {
  const strings = useStrings()
  const { t } = strings
  const { attributes, listeners, setNodeRef, setActivatorNodeRef, transform, transition, isDragging } = useSortable({
    id: rule.id,
  })
  const sentence = sayRule(rule, strings, lineName)
  const look = actionLook[rule.action]
  const Icon = look.icon
  return (
    <li
      ref={setNodeRef}
      style={{ transform: transform ? `translate3d(0, ${transform.y}px, 0)` : undefined, transition }}
      className={clsx(isDragging && 'relative z-10')}
    >
      <Card className={clsx('flex items-center gap-2.5 py-2.5 pr-3 pl-1.5', isDragging && 'border-accent')}>
        <button
          ref={setActivatorNodeRef}
          type="button"
          {...attributes}
          {...listeners}
          aria-label={t('rules.drag', { place })}
          className="grid h-10 w-7 shrink-0 cursor-grab touch-none place-items-center rounded-sm text-ink-3 hover:text-ink active:cursor-grabbing"
        >
          <GripVertical size={18} />
        </button>
        <span
          aria-hidden
          className={clsx(
            'hidden size-8 shrink-0 place-items-center rounded-full sm:grid',
            rule.isEnabled ? toneStyle[look.tone] : toneStyle.grey,
          )}
        >
          <Icon size={16} />
        </span>
        <div className="min-w-0 flex-1">
          <p className={clsx('[overflow-wrap:anywhere]', !rule.isEnabled && 'text-ink-3')}>{sentence}</p>
          {rule.name && <p className="truncate text-small text-ink-3">{rule.name}</p>}
        </div>
        <div className="flex shrink-0 items-center gap-0.5">
          <Switch
            quiet
            label={t('rules.enabled', { sentence })}
            checked={rule.isEnabled}
            onChange={isEnabled => onToggle(rule, isEnabled)}
          />
          <Button look="bare" size="icon" aria-label={t('rules.edit_this', { sentence })} onClick={() => onEdit(rule)}>
            <Pencil />
          </Button>
          <Button
            look="bare"
            size="icon"
            aria-label={t('rules.remove_this', { sentence })}
            onClick={() => onRemove(rule)}
          >
            <Trash2 />
          </Button>
        </div>
      </Card>
    </li>
  )
}

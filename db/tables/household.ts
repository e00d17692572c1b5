import type { Kit } from '../kit.ts'
import type { AccountsTables } from './accounts.ts'

/** 07:00-18:00 on Monday is `{ day: 1, from: '07:00', to: '18:00' }`; days are ISO, 1 is Monday. */
export type OpenHours = { day: number; from: string; to: string }[]

/** An owner's lines, the people they know, and their rules. */
export function defineHousehold(
  { table, id, int, text, json, index, unique }: Kit,
  { users }: Pick<AccountsTables, 'users'>,
) {
  const lines = table(
    'lines',
    {
      id: id(),
      userId: int('user_id')
        .notNull()
        .references(() => users.id, { onDelete: 'cascade' }),
      name: text('name').notNull(),
      /** The administrator's default line takes calls to numbers that no line owns. */
      isDefault: int('is_default').notNull().default(0),
      language: text('language').$type<'en' | 'de'>().notNull().default('en'),
      otherLanguage: text('other_language').$type<'en' | 'de'>(),
      voice: text('voice'),
      greeting: text('greeting').notNull(),
      disclosure: text('disclosure').notNull(),
      isRecording: int('is_recording').notNull().default(0),
      country: text('country').notNull().default('US'),
      timeZone: text('time_zone').notNull().default('UTC'),
      /** Empty means open at all hours. */
      hours: json<OpenHours>('hours').notNull(),
      /** ISO dates, `2026-12-25`. */
      holidays: json<string[]>('holidays').notNull(),
      /** What happens outside the hours. */
      closedAction: text('closed_action')
        .$type<'voicemail' | 'ask_question' | 'block'>()
        .notNull()
        .default('voicemail'),
      withheld: text('withheld')
        .$type<'ask_question' | 'press_one' | 'voicemail' | 'block'>()
        .notNull()
        .default('ask_question'),
      isPersistentAllowed: int('is_persistent_allowed').notNull().default(1),
      createdAt: text('created_at').notNull(),
    },
    t => [index('lines_user').on(t.userId)],
  )

  /** The numbers and extensions that ring a line; one number belongs to one line. */
  const lineNumbers = table(
    'line_numbers',
    {
      id: id(),
      lineId: int('line_id')
        .notNull()
        .references(() => lines.id, { onDelete: 'cascade' }),
      number: text('number').notNull(),
    },
    t => [unique('line_numbers_number').on(t.number), index('line_numbers_line').on(t.lineId)],
  )

  /** The allow-list: the only places that a call on this line may ever be put through to. */
  const destinations = table(
    'destinations',
    {
      id: id(),
      lineId: int('line_id')
        .notNull()
        .references(() => lines.id, { onDelete: 'cascade' }),
      position: int('position').notNull(),
      label: text('label').notNull(),
      target: text('target').notNull(),
      isExternal: int('is_external').notNull().default(0),
    },
    t => [unique('destinations_line_target').on(t.lineId, t.target)],
  )

  const people = table(
    'people',
    {
      id: id(),
      userId: int('user_id')
        .notNull()
        .references(() => users.id, { onDelete: 'cascade' }),
      name: text('name').notNull(),
      organisation: text('organisation'),
      trust: text('trust').$type<'favourite' | 'known' | 'blocked'>().notNull(),
      note: text('note'),
      /** Minutes after midnight in the user's zone, during which this person's calls send no push. */
      quietFromMin: int('quiet_from_min'),
      quietToMin: int('quiet_to_min'),
      createdAt: text('created_at').notNull(),
      updatedAt: text('updated_at').notNull(),
    },
    t => [index('people_user_name').on(t.userId, t.name)],
  )

  const personNumbers = table(
    'person_numbers',
    {
      id: id(),
      userId: int('user_id')
        .notNull()
        .references(() => users.id, { onDelete: 'cascade' }),
      personId: int('person_id')
        .notNull()
        .references(() => people.id, { onDelete: 'cascade' }),
      /** As it was typed; `key` is E.164 when it parses, else the digits: what callers are matched by. */
      number: text('number').notNull(),
      key: text('key').notNull(),
    },
    t => [unique('person_numbers_user_key').on(t.userId, t.key), index('person_numbers_person').on(t.personId)],
  )

  const rules = table(
    'rules',
    {
      id: id(),
      userId: int('user_id')
        .notNull()
        .references(() => users.id, { onDelete: 'cascade' }),
      position: int('position').notNull(),
      isEnabled: int('is_enabled').notNull().default(1),
      name: text('name'),
      /** `+4930*`, `anonymous`, `*`: see lib/rules/contract.ts. */
      caller: text('caller'),
      lineId: int('line_id').references(() => lines.id, { onDelete: 'cascade' }),
      hours: json<OpenHours>('hours'),
      source: text('source').$type<'phone' | 'api' | 'app' | 'try'>(),
      action: text('action').$type<'forward' | 'voicemail' | 'ask_question' | 'block'>().notNull(),
      destination: text('destination'),
      question: text('question'),
      createdAt: text('created_at').notNull(),
    },
    t => [index('rules_user_position').on(t.userId, t.position)],
  )

  /** Imported block lists: a whole number or a prefix (digits only, `+` kept) a row. */
  const blockedNumbers = table(
    'blocked_numbers',
    {
      id: id(),
      userId: int('user_id')
        .notNull()
        .references(() => users.id, { onDelete: 'cascade' }),
      list: text('list').notNull(),
      prefix: text('prefix').notNull(),
      createdAt: text('created_at').notNull(),
    },
    t => [unique('blocked_numbers_user_prefix').on(t.userId, t.prefix)],
  )

  return { lines, lineNumbers, destinations, people, personNumbers, rules, blockedNumbers }
}

export type HouseholdTables = ReturnType<typeof defineHousehold>

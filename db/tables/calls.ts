import { desc, sql } from 'drizzle-orm'
import type { Kit } from '../kit.ts'
import type { AccountsTables } from './accounts.ts'
import type { HouseholdTables } from './household.ts'

/** What happened on the telephone. */
export function defineCalls(
  { table, id, int, text, json, index, unique }: Kit,
  { users, lines, people }: Pick<AccountsTables, 'users'> & Pick<HouseholdTables, 'lines' | 'people'>,
) {
  const callHistory = table(
    'call_history',
    {
      id: id(),
      userId: int('user_id').references(() => users.id, { onDelete: 'cascade' }),
      callId: text('call_id').notNull(),
      callerNumber: text('caller_number').notNull(),
      calledNumber: text('called_number').notNull(),
      timestamp: text('timestamp').notNull(),
      action: text('action').$type<'forward' | 'voicemail' | 'ask_question' | 'block'>(),
      message: text('message'),
      status: text('status').$type<'in_progress' | 'completed' | 'failed'>().notNull(),
      /** Beside what came: E.164 when it parses with the line's country. */
      callerKey: text('caller_key'),
      callerName: text('caller_name'),
      organisation: text('organisation'),
      personId: int('person_id').references(() => people.id, { onDelete: 'set null' }),
      lineId: int('line_id').references(() => lines.id, { onDelete: 'set null' }),
      source: text('source').$type<'phone' | 'api' | 'app' | 'try'>().notNull().default('api'),
      channel: text('channel'),
      reason: text('reason'),
      decidedBy: text('decided_by').$type<'rule' | 'model' | 'owner' | 'fallback'>(),
      rung: text('rung'),
      destination: text('destination'),
      urgency: text('urgency').$type<'low' | 'normal' | 'high' | 'emergency'>(),
      wants: text('wants'),
      callbackNumber: text('callback_number'),
      summary: text('summary'),
      /** What was heard of the caller, and the rungs that were asked, as lib/screening/contract.ts has them. */
      facts: json<Record<string, unknown>>('facts'),
      ladder: json<Record<string, unknown>[]>('ladder'),
      /** Both sides' words in one text, for search; the turns with their times are call_events. */
      transcript: text('transcript'),
      /** The first answer, replayed to a client that asks again. */
      answer: json<Record<string, unknown>>('answer'),
      model: text('model'),
      /** Milliseconds per stage, for the call page and the overview. */
      latencyMs: json<Record<string, number>>('latency_ms'),
      answeredAt: text('answered_at'),
      completedAt: text('completed_at'),
      durationMs: int('duration_ms'),
      readAt: text('read_at'),
      archivedAt: text('archived_at'),
      note: text('note'),
      correction: text('correction').$type<'forward' | 'voicemail' | 'ask_question' | 'block'>(),
      /** 0 when the words of this row are not in the search index yet, or have changed since. */
      isIndexed: int('is_indexed').notNull().default(0),
    },
    t => [
      unique('call_history_user_call').on(t.userId, t.callId),
      index('call_history_user_time').on(t.userId, desc(t.timestamp), desc(t.id)),
      index('call_history_user_action').on(t.userId, t.action, desc(t.timestamp), desc(t.id)),
      index('call_history_user_caller').on(t.userId, t.callerKey, desc(t.timestamp)),
      // Only what is rare is indexed: calls that run, calls of people. Queries must say in_progress as a word, not as a value.
      index('call_history_running').on(t.userId, desc(t.timestamp), desc(t.id)).where(sql`status = 'in_progress'`),
      index('call_history_person').on(t.personId).where(sql`person_id IS NOT NULL`),
      index('call_history_unread')
        .on(t.userId, desc(t.timestamp), desc(t.id))
        .where(sql`read_at IS NULL AND archived_at IS NULL`),
      index('call_history_archived').on(t.userId, desc(t.timestamp), desc(t.id)).where(sql`archived_at IS NOT NULL`),
      index('call_history_unindexed').on(t.id).where(sql`is_indexed = 0`),
    ],
  )

  /** What happened in a call, in order: lib/calls/contract.ts names the kinds. */
  const callEvents = table(
    'call_events',
    {
      id: id(),
      call: int('call')
        .notNull()
        .references(() => callHistory.id, { onDelete: 'cascade' }),
      userId: int('user_id'),
      /** Milliseconds since the call began. */
      atMs: int('at_ms').notNull(),
      kind: text('kind').notNull(),
      data: json<Record<string, unknown>>('data').notNull(),
      createdAt: text('created_at').notNull(),
    },
    t => [index('call_events_call').on(t.call, t.id), index('call_events_user').on(t.userId, t.id)],
  )

  /** The owner's orders to a running call; the agent claims them within 100 ms. */
  const callCommands = table(
    'call_commands',
    {
      id: id(),
      call: int('call')
        .notNull()
        .references(() => callHistory.id, { onDelete: 'cascade' }),
      userId: int('user_id').notNull(),
      kind: text('kind').$type<'take' | 'ask' | 'voicemail' | 'block' | 'hang_up'>().notNull(),
      data: json<Record<string, unknown>>('data').notNull(),
      createdAt: text('created_at').notNull(),
      claimedAt: text('claimed_at'),
      claimedBy: text('claimed_by'),
      doneAt: text('done_at'),
      result: text('result'),
    },
    t => [index('call_commands_open').on(t.claimedAt, t.id), index('call_commands_call').on(t.call)],
  )

  const recordings = table(
    'recordings',
    {
      id: id(),
      call: int('call')
        .notNull()
        .references(() => callHistory.id, { onDelete: 'cascade' }),
      userId: int('user_id'),
      kind: text('kind').$type<'call' | 'voicemail'>().notNull(),
      /** Relative to RECORDINGS_DIR. */
      path: text('path').notNull(),
      bytes: int('bytes').notNull().default(0),
      durationMs: int('duration_ms').notNull().default(0),
      rateHz: int('rate_hz').notNull(),
      channels: int('channels').notNull(),
      /** About 200 values 0..1 for the waveform. */
      peaks: json<number[]>('peaks'),
      status: text('status').$type<'recording' | 'stored' | 'transcribed' | 'failed'>().notNull(),
      attempts: int('attempts').notNull().default(0),
      createdAt: text('created_at').notNull(),
    },
    t => [
      unique('recordings_path').on(t.path),
      index('recordings_call').on(t.call),
      index('recordings_status').on(t.status, t.id),
    ],
  )

  /** An owner's "this was wrong", in the shape of a line of eval/calls.jsonl. */
  const evalCases = table(
    'eval_cases',
    {
      id: id(),
      userId: int('user_id')
        .notNull()
        .references(() => users.id, { onDelete: 'cascade' }),
      call: int('call').references(() => callHistory.id, { onDelete: 'set null' }),
      data: json<Record<string, unknown>>('data').notNull(),
      createdAt: text('created_at').notNull(),
    },
    t => [index('eval_cases_user').on(t.userId)],
  )

  return { callHistory, callEvents, callCommands, recordings, evalCases }
}

export type CallsTables = ReturnType<typeof defineCalls>

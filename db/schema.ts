import { desc, sql } from 'drizzle-orm'
import type { Kit } from './kit.ts'

/** 07:00-18:00 on Monday is `{ day: 1, from: '07:00', to: '18:00' }`; days are ISO, 1 is Monday. */
export type OpenHours = { day: number; from: string; to: string }[]

/**
 * Every table, once, for both dialects. `users` and `call_history` keep the names and columns of the first service,
 * so that its documented SQL works as written. Instants are text (lib/instant.ts), flags are integers 0 and 1.
 * "call" columns hold call_history.id; "call_id" is the caller's own word for the call.
 */
export function define({ table, id, int, real, text, json, index, unique }: Kit) {
  const users = table(
    'users',
    {
      id: id(),
      username: text('username').notNull(),
      email: text('email').notNull(),
      passwordHash: text('password_hash').notNull(),
      createdAt: text('created_at').notNull(),
      lastLogin: text('last_login'),
      isActive: int('is_active').notNull().default(1),
      role: text('role').$type<'admin' | 'member'>().notNull().default('member'),
      /** Folded forms, unique: look-alikes in case, Unicode and spaces meet here. */
      usernameKey: text('username_key').notNull(),
      emailKey: text('email_key').notNull(),
      /** Tokens issued before this instant are refused ("signed out everywhere"). */
      signedOutAt: text('signed_out_at'),
      totpSealed: text('totp_sealed'),
      totpEnabledAt: text('totp_enabled_at'),
      /** The last time step (30 s) that was used, so that a code works once. */
      totpStep: int('totp_step'),
      recoveryHashes: json<string[]>('recovery_hashes'),
      language: text('language').notNull().default('en'),
      timeZone: text('time_zone').notNull().default('UTC'),
      preferences: json<Record<string, unknown>>('preferences'),
    },
    t => [unique('users_username').on(t.usernameKey), unique('users_email').on(t.emailKey)],
  )

  const apiKeys = table(
    'api_keys',
    {
      id: id(),
      userId: int('user_id')
        .notNull()
        .references(() => users.id, { onDelete: 'cascade' }),
      name: text('name').notNull(),
      /** `first` is the key that register and login return, sealed; `named` and `device` keys are shown once. */
      kind: text('kind').$type<'first' | 'named' | 'device'>().notNull(),
      hash: text('hash').notNull(),
      hint: text('hint').notNull(),
      scopes: json<string[]>('scopes').notNull(),
      sealed: text('sealed'),
      createdAt: text('created_at').notNull(),
      lastUsedAt: text('last_used_at'),
      revokedAt: text('revoked_at'),
    },
    t => [unique('api_keys_hash').on(t.hash), index('api_keys_user').on(t.userId)],
  )

  const sessions = table(
    'sessions',
    {
      id: text('id').primaryKey(),
      userId: int('user_id')
        .notNull()
        .references(() => users.id, { onDelete: 'cascade' }),
      kind: text('kind').$type<'web' | 'token'>().notNull(),
      userAgent: text('user_agent').notNull(),
      address: text('address').notNull(),
      createdAt: text('created_at').notNull(),
      seenAt: text('seen_at').notNull(),
      expiresAt: text('expires_at').notNull(),
      revokedAt: text('revoked_at'),
    },
    t => [index('sessions_user').on(t.userId)],
  )

  /** A family of rotating refresh tokens belongs to one session; using a used one revokes the session. */
  const refreshTokens = table(
    'refresh_tokens',
    {
      id: id(),
      sessionId: text('session_id')
        .notNull()
        .references(() => sessions.id, { onDelete: 'cascade' }),
      hash: text('hash').notNull(),
      createdAt: text('created_at').notNull(),
      expiresAt: text('expires_at').notNull(),
      usedAt: text('used_at'),
    },
    t => [unique('refresh_tokens_hash').on(t.hash), index('refresh_tokens_session').on(t.sessionId)],
  )

  /** One-use secrets with a short life: the set-up link, invitations, socket tickets, a half-done two-factor login, passkey challenges. */
  const tickets = table(
    'tickets',
    {
      hash: text('hash').primaryKey(),
      kind: text('kind').$type<'setup' | 'invite' | 'socket' | 'second_factor' | 'passkey' | 'connect'>().notNull(),
      userId: int('user_id').references(() => users.id, { onDelete: 'cascade' }),
      sessionId: text('session_id'),
      data: json<Record<string, unknown>>('data'),
      createdAt: text('created_at').notNull(),
      expiresAt: text('expires_at').notNull(),
      usedAt: text('used_at'),
    },
    t => [index('tickets_expires').on(t.expiresAt)],
  )

  const passkeys = table(
    'passkeys',
    {
      id: id(),
      userId: int('user_id')
        .notNull()
        .references(() => users.id, { onDelete: 'cascade' }),
      name: text('name').notNull(),
      credentialId: text('credential_id').notNull(),
      publicKey: text('public_key').notNull(),
      counter: int('counter').notNull(),
      transports: json<string[]>('transports').notNull(),
      createdAt: text('created_at').notNull(),
      lastUsedAt: text('last_used_at'),
    },
    t => [unique('passkeys_credential').on(t.credentialId), index('passkeys_user').on(t.userId)],
  )

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

  const pushSubscriptions = table(
    'push_subscriptions',
    {
      id: id(),
      userId: int('user_id')
        .notNull()
        .references(() => users.id, { onDelete: 'cascade' }),
      sessionId: text('session_id'),
      kind: text('kind').$type<'web' | 'unifiedpush'>().notNull(),
      endpoint: text('endpoint').notNull(),
      p256dh: text('p256dh').notNull(),
      auth: text('auth').notNull(),
      userAgent: text('user_agent').notNull(),
      createdAt: text('created_at').notNull(),
      deliveredAt: text('delivered_at'),
      failures: int('failures').notNull().default(0),
    },
    t => [unique('push_subscriptions_endpoint').on(t.endpoint), index('push_subscriptions_user').on(t.userId)],
  )

  const webhooks = table(
    'webhooks',
    {
      id: id(),
      userId: int('user_id')
        .notNull()
        .references(() => users.id, { onDelete: 'cascade' }),
      url: text('url').notNull(),
      secretSealed: text('secret_sealed').notNull(),
      events: json<string[]>('events').notNull(),
      createdAt: text('created_at').notNull(),
      disabledAt: text('disabled_at'),
    },
    t => [index('webhooks_user').on(t.userId)],
  )

  const webhookDeliveries = table(
    'webhook_deliveries',
    {
      id: id(),
      webhookId: int('webhook_id')
        .notNull()
        .references(() => webhooks.id, { onDelete: 'cascade' }),
      event: text('event').notNull(),
      body: text('body').notNull(),
      attempts: int('attempts').notNull().default(0),
      nextAt: text('next_at'),
      deliveredAt: text('delivered_at'),
      lastStatus: int('last_status'),
      createdAt: text('created_at').notNull(),
    },
    t => [index('webhook_deliveries_next').on(t.nextAt)],
  )

  const auditLog = table(
    'audit_log',
    {
      id: id(),
      createdAt: text('created_at').notNull(),
      userId: int('user_id'),
      username: text('username'),
      /** `auth.login_failed`, `keys.created`, `users.deactivated`, ... */
      action: text('action').notNull(),
      target: text('target'),
      address: text('address'),
      data: json<Record<string, unknown>>('data'),
    },
    t => [index('audit_log_user').on(t.userId, desc(t.id)), index('audit_log_created').on(t.createdAt)],
  )

  /** What is set once for the whole service (registration mode, retention, VAPID subject): lib/admin. */
  const settings = table('settings', {
    key: text('key').primaryKey(),
    value: json<unknown>('value').notNull(),
    updatedAt: text('updated_at').notNull(),
  })

  /** One row for each running agent process, renewed every second; what the web process reports in /health. */
  const agents = table('agents', {
    name: text('name').primaryKey(),
    pid: int('pid').notNull(),
    startedAt: text('started_at').notNull(),
    heartbeatAt: text('heartbeat_at').notNull(),
    state: json<Record<string, unknown>>('state').notNull(),
    load: real('load').notNull().default(0),
  })

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

  return {
    users,
    apiKeys,
    sessions,
    refreshTokens,
    tickets,
    passkeys,
    lines,
    lineNumbers,
    destinations,
    people,
    personNumbers,
    rules,
    blockedNumbers,
    callHistory,
    callEvents,
    callCommands,
    recordings,
    pushSubscriptions,
    webhooks,
    webhookDeliveries,
    auditLog,
    settings,
    agents,
    evalCases,
  }
}

export type Tables = ReturnType<typeof define>

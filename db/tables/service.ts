import { desc } from 'drizzle-orm'
import type { Kit } from '../kit.ts'
import type { AccountsTables } from './accounts.ts'

/** Devices and servers that are told, and what belongs to the whole service. */
export function defineService(
  { table, id, int, real, text, json, index, unique }: Kit,
  { users }: Pick<AccountsTables, 'users'>,
) {
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

  return { pushSubscriptions, webhooks, webhookDeliveries, auditLog, settings, agents }
}

export type ServiceTables = ReturnType<typeof defineService>

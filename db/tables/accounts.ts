import type { Kit } from '../kit.ts'

/** Who people are, and what lets them in. */
export function defineAccounts({ table, id, int, text, json, index, unique }: Kit) {
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

  return { users, apiKeys, sessions, refreshTokens, tickets, passkeys }
}

export type AccountsTables = ReturnType<typeof defineAccounts>

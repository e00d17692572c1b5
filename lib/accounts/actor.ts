/** What an API key may do. A key with `all` may do what its owner may. */
export type Scope = 'all' | 'calls:write' | 'calls:read' | 'calls:report'

/** Who is asking, as every service takes it. Made by `findActor`; `system` acts for an owner without a request (the agent, the command line). */
export type Actor = {
  userId: number
  username: string
  role: 'admin' | 'member'
  via: 'session' | 'token' | 'old_token' | 'key' | 'system'
  sessionId?: string
  keyId?: number
  scopes: readonly Scope[]
}

import type { LoginAnswer } from '#lib/accounts/contract.ts'
import type { Client } from '#ui/api/client.ts'
import { ApiError } from '#ui/api/problem.ts'
import type { Session } from '#ui/platform/port.ts'
import type { Tokens } from './tokens.ts'

export type Person = {
  /** Wipes what the phone still does for somebody else. */
  arrives(username: string): Promise<void>
  /** Wipes what the phone does for them, while the session can still revoke keys. */
  leaves(client: Client): Promise<void>
}

/**
 * The app's way in: the same login that scripts use. The API key of the answer is dropped: it could not be revoked
 * without touching the owner's other programs. `person` says what else on the phone belongs to whoever is signed in.
 */
export function bearerSession(tokens: Tokens, person: Person): Session {
  let isRemembering = false
  async function begin(answer: LoginAnswer) {
    await person.arrives(answer.username)
    await tokens.begin({ token: answer.token, refreshToken: answer.refresh_token ?? null }, { remember: isRemembering })
  }

  const session: Session = {
    async signIn(client, { username, password, remember }) {
      isRemembering = remember ?? false
      try {
        await begin(
          await client.post<LoginAnswer>('/auth/login', { body: { username, password, remember: isRemembering } }),
        )
      } catch (error) {
        const ticket = error instanceof ApiError ? error.body.second_factor : undefined
        if (typeof ticket !== 'string') throw error
        throw new ApiError(401, { code: 'second_factor', ticket })
      }
    },
    async signInWithCode(client, ticket, code) {
      await begin(await client.post<LoginAnswer>('/auth/second-factor', { body: { second_factor: ticket, code } }))
    },
    async register(client, input) {
      isRemembering = true
      await client.post('/auth/register', { body: input })
      await session.signIn(client, { username: input.username, password: input.password, remember: true })
    },
    async signOut(client) {
      // First what the server's answer may interrupt: the event stream ends with the session, and the screens start afresh.
      await person.leaves(client)
      // A server that cannot be reached ends the session when its token does; the phone forgets in any case.
      await client.post('/auth/logout').catch(() => {})
      await tokens.end()
    },
  }
  return session
}

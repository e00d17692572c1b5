import type { LoginAnswer } from '#lib/accounts/contract.ts'
import { ApiError } from '#ui/api/problem.ts'
import type { Session } from '#ui/platform/port.ts'
import type { Tokens } from './tokens.ts'

/**
 * The app's way in: the same login that scripts use. The API key of the answer is dropped: it could not be revoked
 * without touching the owner's other programs. `onSignedOut` wipes what else belongs to the person.
 */
export function bearerSession(tokens: Tokens, onSignedOut: () => Promise<void>): Session {
  let isRemembering = false
  const begin = (answer: LoginAnswer) =>
    tokens.begin({ token: answer.token, refreshToken: answer.refresh_token ?? null }, { remember: isRemembering })

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
      await onSignedOut()
      // A server that cannot be reached ends the session when its token does; the phone forgets in any case.
      await client.post('/auth/logout').catch(() => {})
      await tokens.end()
    },
  }
  return session
}

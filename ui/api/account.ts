import type {
  Account,
  AccountChange,
  KeyDto,
  KeyInput,
  NewKey,
  PasskeyDto,
  PasswordChange,
  SessionDto,
  SetUp,
  SignInAnswer,
} from '#lib/accounts/contract.ts'
import type { Session } from '../platform/port.ts'
import type { Client } from './client.ts'

/** The browser's way in: the server sets a cookie that scripts cannot read. */
export const cookieSession: Session = {
  signIn: (client, input) => client.post<SignInAnswer>('/api/v1/sign-in', { body: input }),
  signInWithCode: (client, ticket, code) =>
    client.post<SignInAnswer>('/api/v1/sign-in/second-factor', { body: { ticket, code } }),
  register: (client, input) => client.post<SignInAnswer>('/api/v1/sign-up', { body: input }),
  signOut: client => client.post('/api/v1/sign-out'),
}
export const setUp = (client: Client, input: SetUp) => client.post<SignInAnswer>('/api/v1/setup', { body: input })

export const readAccount = (client: Client) => client.get<Account>('/api/v1/account')
export const changeAccount = (client: Client, change: AccountChange) =>
  client.patch<Account>('/api/v1/account', { body: change })
export const deleteAccount = (client: Client, password: string) =>
  client.delete('/api/v1/account', { body: { password } })
export const changePassword = (client: Client, change: PasswordChange) =>
  client.post<void>('/api/v1/password', { body: change })

export const listSessions = async (client: Client) =>
  (await client.get<{ sessions: SessionDto[] }>('/api/v1/sessions')).sessions
export const endSession = (client: Client, id: string) => client.delete(`/api/v1/sessions/${encodeURIComponent(id)}`)
/** Everywhere, or everywhere but here. */
export const endAllSessions = (client: Client, keep?: 'current') =>
  client.delete('/api/v1/sessions', { query: { keep } })

export const listKeys = async (client: Client) => (await client.get<{ keys: KeyDto[] }>('/api/v1/keys')).keys
export const addKey = (client: Client, input: KeyInput) => client.post<NewKey>('/api/v1/keys', { body: input })
export const revokeKey = (client: Client, id: number) => client.delete(`/api/v1/keys/${id}`)

export type TwoFactorState = { isEnabled: boolean; enabledAt: string | null; recoveryCodesLeft: number }
export const readTwoFactor = (client: Client) => client.get<TwoFactorState>('/api/v1/two-factor')
export type TwoFactorStart = { secret: string; uri: string; qrSvg: string }
export const startTwoFactor = (client: Client, password: string) =>
  client.post<TwoFactorStart>('/api/v1/two-factor', { body: { password } })
export const confirmTwoFactor = (client: Client, code: string) =>
  client.put<{ recoveryCodes: string[] }>('/api/v1/two-factor', { body: { code } })
export const endTwoFactor = (client: Client, password: string) =>
  client.delete('/api/v1/two-factor', { body: { password } })

export const listPasskeys = async (client: Client) =>
  (await client.get<{ passkeys: PasskeyDto[] }>('/api/v1/passkeys')).passkeys
export const removePasskey = (client: Client, id: number) => client.delete(`/api/v1/passkeys/${id}`)

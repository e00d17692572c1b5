import { z } from 'zod'

/** Everything that goes in and out of accounts. Safe in a browser: pages check forms with the same rules. */

const text = (longest: number) => z.string().max(longest, `must have at most ${longest} characters`)
const passwordBytes = 1024
const isShortEnough = (password: string) => new TextEncoder().encode(password).length <= passwordBytes

export const Username = z
  .string()
  .regex(/^[A-Za-z0-9._-]{3,32}$/, 'must be 3 to 32 letters, digits, dots, underscores or hyphens')
export const Email = z
  .string()
  .max(254, 'must have at most 254 characters')
  .regex(
    /^(?!\.)(?!.*\.\.)[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}(?<!\.)@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}$/,
    'must be an e-mail address',
  )
/** Its strength is a rule of its own (`weaknessOf`), with answers of its own. */
export const Password = z.string().refine(isShortEnough, `must have at most ${passwordBytes} bytes`)

export const minPasswordLength = 12
const weakPatterns = [
  'password',
  'admin',
  '123456',
  'qwerty',
  'letmein',
  'welcome',
  'monkey',
  'dragon',
  'master',
  'sunshine',
  'change_this',
  'change_me',
  'default',
]

/**
 * Why a password is too weak, in a sentence; null when it is not. The same words on the form and in the answer. `names`
 * are what everybody knows of the person: the user name, the e-mail address.
 */
export function weaknessOf(password: string, names: readonly string[] = []): string | null {
  if (password === '') return 'Password cannot be empty'
  const letters = [...password]
  if (letters.length < minPasswordLength) return `Password must be at least ${minPasswordLength} characters long`
  if (password.trim() === '') return 'Password cannot be blanks only'
  const folded = password.toLowerCase()
  const found = weakPatterns.find(pattern => folded.includes(pattern))
  if (found) return `Password contains weak pattern: ${found}`
  if (new Set([...folded]).size === 1) return 'Password cannot be one character repeated'
  if (names.some(name => name.trim().toLowerCase() === folded.trim()))
    return 'Password cannot be your user name or e-mail address'
  return null
}

const Invite = text(100).optional()
export const Language = z.enum(['en', 'de'])
const isTimeZone = (zone: string) => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }) !== null
  } catch {
    return false
  }
}
export const TimeZone = text(64).refine(isTimeZone, 'must be a time zone such as Europe/Berlin')
/** The page that registers says them; what is none of ours is as good as not said, for an account is more than its language. */
const origin = { language: Language.optional().catch(undefined), timeZone: TimeZone.optional().catch(undefined) }
export const Registration = z.object({
  username: Username,
  email: Email,
  password: Password,
  invite: Invite,
  ...origin,
})
export type Registration = z.output<typeof Registration>

/** A username or an e-mail address; what cannot be one is simply wrong, so that nothing is told about who exists. */
export const Login = z.object({
  username: text(320),
  password: Password,
  /** The answer gets a refresh token, good for 30 days. */
  remember: z.boolean().optional(),
})
export type Login = z.output<typeof Login>

/** Answer to register and login, in the words of the first service. */
export const LoginAnswer = z.object({
  id: z.number(),
  username: z.string(),
  email: z.string(),
  api_key: z.string().optional(),
  token: z.string(),
  refresh_token: z.string().optional(),
  expires_in: z.number().optional(),
})
export type LoginAnswer = z.output<typeof LoginAnswer>

export const SecondFactorLogin = z.object({ second_factor: text(100), code: text(20) })
export const Refresh = z.object({ refresh_token: text(100) })
export const RefreshAnswer = z.object({ token: z.string(), refresh_token: z.string(), expires_in: z.number() })
export type RefreshAnswer = z.output<typeof RefreshAnswer>

/** GET /user/profile, in the words of the first service; the key is masked. */
export const Profile = z.object({
  id: z.number(),
  username: z.string(),
  email: z.string(),
  api_key: z.string(),
  created_at: z.string(),
  last_login: z.string().nullable(),
})
export type Profile = z.output<typeof Profile>

export const Role = z.enum(['admin', 'member'])
/** The signed-in person, as pages know them. */
export const Account = z.object({
  id: z.number(),
  username: z.string(),
  email: z.string(),
  role: Role,
  language: Language,
  timeZone: z.string(),
  createdAt: z.string(),
  lastLogin: z.string().nullable(),
  hasTwoFactor: z.boolean(),
  preferences: z.record(z.string(), z.unknown()),
})
export type Account = z.output<typeof Account>

const Preference = z.union([z.string().max(200), z.number(), z.boolean(), z.null()])
export const AccountChange = z.object({
  email: Email.optional(),
  language: Language.optional(),
  timeZone: TimeZone.optional(),
  /** Choices of the pages (theme, sort order); given ones replace, null removes. */
  preferences: z
    .record(z.string().regex(/^[A-Za-z0-9._-]{1,40}$/), Preference)
    .refine(all => Object.keys(all).length <= 50, 'must have at most 50 entries')
    .optional(),
  /** Asked for when the e-mail changes. */
  password: Password.optional(),
})
export type AccountChange = z.output<typeof AccountChange>

export const SignIn = z.object({ username: text(320), password: Password, remember: z.boolean().default(false) })
export type SignIn = z.output<typeof SignIn>
export const SignInAnswer = z.object({ account: Account })
export type SignInAnswer = z.output<typeof SignInAnswer>
/** The answer of a sign-in that needs a code as well is a 401 problem with `code: 'second_factor'` and this ticket. */
export const SecondFactor = z.object({ ticket: text(100), code: text(20) })

export const SetUp = Registration.omit({ invite: true }).extend({ ticket: text(100) })
export type SetUp = z.output<typeof SetUp>

export const PasswordChange = z.object({ current: Password, next: Password })
export type PasswordChange = z.output<typeof PasswordChange>
export const PasswordProof = z.object({ password: Password })

export const SessionDto = z.object({
  id: z.string(),
  kind: z.enum(['web', 'token']),
  userAgent: z.string(),
  address: z.string(),
  createdAt: z.string(),
  seenAt: z.string(),
  expiresAt: z.string(),
  isCurrent: z.boolean(),
})
export type SessionDto = z.output<typeof SessionDto>
export const SessionList = z.object({ sessions: z.array(SessionDto) })

export const KeyScope = z.enum(['all', 'calls:write', 'calls:read', 'calls:report'])
export const KeyInput = z.object({
  name: z.string().trim().min(1, 'must not be empty').max(60, 'must have at most 60 characters'),
  /** A device key belongs to one phone and may only report its calls. */
  kind: z.enum(['named', 'device']).default('named'),
  scopes: z.array(KeyScope).min(1, 'must name at least one').max(4).default(['calls:write', 'calls:read']),
  /** Asked for when the key may do everything. */
  password: Password.optional(),
})
export type KeyInput = z.output<typeof KeyInput>
export const KeyDto = z.object({
  id: z.number(),
  name: z.string(),
  kind: z.enum(['first', 'named', 'device']),
  /** The first and last characters, to recognise it by. */
  hint: z.string(),
  scopes: z.array(KeyScope),
  createdAt: z.string(),
  lastUsedAt: z.string().nullable(),
})
export type KeyDto = z.output<typeof KeyDto>
export const KeyList = z.object({ keys: z.array(KeyDto) })
/** The only answer that ever has the key itself. */
export const NewKey = KeyDto.extend({ key: z.string() })
export type NewKey = z.output<typeof NewKey>

export const TwoFactorStart = z.object({ secret: z.string(), uri: z.string(), qrSvg: z.string() })
export const TwoFactorConfirm = z.object({ code: text(20) })
export const RecoveryCodes = z.object({ recoveryCodes: z.array(z.string()) })
export const TwoFactorState = z.object({
  isEnabled: z.boolean(),
  enabledAt: z.string().nullable(),
  recoveryCodesLeft: z.number(),
})

export const PasskeyDto = z.object({
  id: z.number(),
  name: z.string(),
  createdAt: z.string(),
  lastUsedAt: z.string().nullable(),
})
export type PasskeyDto = z.output<typeof PasskeyDto>
export const PasskeyList = z.object({ passkeys: z.array(PasskeyDto) })
/** What the browser's `navigator.credentials` answered; @simplewebauthn checks the inside. */
const Credential = z.looseObject({
  id: text(2000),
  rawId: text(2000),
  response: z.looseObject({}),
  type: z.literal('public-key'),
})
export const PasskeyInput = z.object({
  ticket: text(100),
  name: z.string().trim().min(1, 'must not be empty').max(60, 'must have at most 60 characters'),
  credential: Credential,
})
export const PasskeySignIn = z.object({
  ticket: text(100),
  credential: Credential,
  remember: z.boolean().default(false),
})

export const UserDto = z.object({
  id: z.number(),
  username: z.string(),
  email: z.string(),
  role: Role,
  isActive: z.boolean(),
  createdAt: z.string(),
  lastLogin: z.string().nullable(),
  hasTwoFactor: z.boolean(),
})
export type UserDto = z.output<typeof UserDto>
export const UserList = z.object({ users: z.array(UserDto), next: z.number().nullable() })
export const UserQuery = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  after: z.coerce.number().int().positive().optional(),
  search: z.string().trim().max(100).optional(),
})
export type UserQuery = z.output<typeof UserQuery>
export const UserInput = z.object({
  username: Username,
  email: Email,
  password: Password,
  role: Role.default('member'),
})
export type UserInput = z.output<typeof UserInput>
export const UserChange = z.object({ isActive: z.boolean().optional(), role: Role.optional() })
export type UserChange = z.output<typeof UserChange>
export const PasswordReset = z.object({ password: Password })

export const InviteInput = z.object({ email: Email.optional(), days: z.number().int().min(1).max(30).default(7) })
export const InviteDto = z.object({
  id: z.string(),
  email: z.string().nullable(),
  createdAt: z.string(),
  expiresAt: z.string(),
})
export type InviteDto = z.output<typeof InviteDto>
export const InviteList = z.object({ invites: z.array(InviteDto) })
export const NewInvite = InviteDto.extend({ url: z.string(), token: z.string() })
export type NewInvite = z.output<typeof NewInvite>
export const SocketTicket = z.object({ ticket: z.string(), expiresAt: z.string() })

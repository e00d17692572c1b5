import { PasswordProof, TwoFactorConfirm } from '#lib/accounts/contract.ts'
import { confirmTwoFactor, startTwoFactor, stopTwoFactor, twoFactorState } from '#lib/accounts/index.ts'
import { handler } from '#lib/http/index.ts'

export const GET = handler({ access: 'user' }, ({ actor }) => twoFactorState(actor))

/** Begins: the secret and its picture for an authenticator app. */
export const POST = handler({ access: 'user', limit: 'password', body: PasswordProof }, ({ actor, body }) =>
  startTwoFactor(actor, body.password),
)

/** Confirms with the first code; the recovery codes are shown this once. */
export const PUT = handler({ access: 'user', limit: 'password', body: TwoFactorConfirm }, ({ actor, body }) =>
  confirmTwoFactor(actor, body.code),
)

export const DELETE = handler({ access: 'user', limit: 'password', body: PasswordProof }, async ({ actor, body }) => {
  await stopTwoFactor(actor, body.password)
})

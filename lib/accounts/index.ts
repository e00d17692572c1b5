export { openSealed, seal } from '../secrets.ts'
export { changeAccount, deleteAccount, getAccount, getProfile, toAccount } from './account.ts'
export type { Actor, Scope } from './actor.ts'
export { forgettingCookies, sessionCookie } from './cookie.ts'
export { exportAccount } from './export.ts'
export { findActor, isSessionLive, isSessionOpen, requireActor, systemActor } from './identity.ts'
export { createInvite, listInvites, revokeInvite } from './invites.ts'
export { createKey, listKeys, revokeOwnKey, sealKey } from './keys.ts'
export { onSessionEnded, type SessionEnded } from './live.ts'
export { foldEmail, foldName } from './names.ts'
export {
  addPasskey,
  beginPasskey,
  beginPasskeySignIn,
  finishPasskeySignIn,
  listPasskeys,
  removePasskey,
} from './passkeys.ts'
export { changePassword, provePassword } from './password.ts'
export { createSetupLink, createUser, isSetupOpen, register, registerAs, setUp } from './registration.ts'
export {
  type Client,
  endSession,
  listSessions,
  logout,
  refreshSession,
  rememberedLifeS,
  signOutEverywhere,
} from './sessions.ts'
export { enter, signIn, toLoginAnswer } from './sign-in.ts'
export { startSweeping, sweepAccounts } from './sweep.ts'
export { issueTicket, readTicket, type Ticket } from './tickets.ts'
export { tokenLifeS } from './tokens.ts'
export { confirmTwoFactor, finishSignIn, startTwoFactor, stopTwoFactor, twoFactorState } from './two-factor.ts'
export {
  addUser,
  applyChange,
  applyPassword,
  changeUser,
  deleteUserAs,
  findUserNamed,
  listUsers,
  resetPassword,
} from './users.ts'

import type { Actor } from '#lib/accounts/actor.ts'

type Owned = { userId: number | null }
type Running = Owned & { status: string; source: string }

/** A call belongs to one person; an administrator reads nobody else's. */
export function canReadCall(actor: Actor, call: Owned): boolean {
  return call.userId === actor.userId
}

export const canEditCall = canReadCall

/** Orders make sense while a telephone or a microphone is on the call. */
export function canSteerCall(actor: Actor, call: Running): boolean {
  return canReadCall(actor, call) && isSteerable(call)
}

export function isSteerable({ status, source }: { status: string; source: string }): boolean {
  return status === 'in_progress' && (source === 'phone' || source === 'try')
}

/** Only a call on the telephone can ring somebody; one from a microphone is taken with another microphone. */
export const canRingFor = ({ source }: { source: string }): boolean => source === 'phone'

import type { Actor } from '#lib/accounts/actor.ts'
import type { Decide } from './incoming.ts'

/** A phone that only reports sends its calls with this channel, after it has rung. */
const reportChannel = 'android:report'

export function isReport(actor: Actor, channel: string | null | undefined): boolean {
  return channel === reportChannel && actor.via === 'key' && actor.scopes.includes('calls:report')
}

/**
 * What became of a reported call is no longer to be decided: the phone rang. The ladder is asked all the same, without a
 * model, because it knows the person and what it would have said.
 */
export function asReported(decide: Decide): Decide {
  return async input => {
    const { destination, label, question, say, expects, ...known } = await decide({
      ...input,
      overrides: { model: null },
    })
    return {
      ...known,
      action: 'forward',
      message: 'Rang on the phone',
      reason: `It rang on the phone, which told afterwards. Asked before: ${known.reason}`,
      decidedBy: 'owner',
    }
  }
}

import { IncomingCall } from '#lib/calls/contract.ts'
import { isKnownCall, receiveCall } from '#lib/calls/index.ts'
import { handler } from '#lib/http/index.ts'

export const POST = handler(
  {
    access: 'optional',
    scopes: ['calls:write', 'calls:report'],
    errors: 'compatible',
    acceptsOldTokens: true,
    limit: 'calls',
    body: IncomingCall,
    isRepeat: (actor, { call_id }) => isKnownCall(actor, call_id),
  },
  ({ actor, body }) => receiveCall(actor, body),
)

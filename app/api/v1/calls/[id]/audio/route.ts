import { AudioQuery } from '#lib/calls/contract.ts'
import { readAudio } from '#lib/calls/index.ts'
import { handler } from '#lib/http/index.ts'

export const GET = handler(
  { access: 'user', scopes: ['calls:read'], query: AudioQuery },
  ({ actor, params, query, request }) => readAudio(actor, params.id ?? '', query.recording, request),
)

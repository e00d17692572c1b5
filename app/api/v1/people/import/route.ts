import { handler } from '#lib/http/index.ts'
import { importPeople } from '#lib/people/index.ts'

/** A vCard file, read as it arrives. */
export const POST = handler({ access: 'user', limit: 'heavy' }, ({ actor, request }) => importPeople(actor, request))

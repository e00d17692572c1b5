import { created, handler } from '#lib/http/index.ts'
import { NewPerson, PeopleQuery } from '#lib/people/contract.ts'
import { createPerson, listPeople } from '#lib/people/index.ts'

export const GET = handler({ access: 'user', query: PeopleQuery }, ({ actor, query }) => listPeople(actor, query))

export const POST = handler({ access: 'user', body: NewPerson }, async ({ actor, body }) =>
  created(await createPerson(actor, body)),
)

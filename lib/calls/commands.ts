import type { Actor } from '#lib/accounts/actor.ts'
import { linesOf } from '#lib/lines/index.ts'
import { database } from '../database.ts'
import { AppError } from '../errors.ts'
import { toInstant } from '../instant.ts'
import type { CommandDto, CommandInput } from './contract.ts'
import { toCommandDto } from './dto.ts'
import type { CallEvent } from './events.ts'
import { canRingFor, canSteerCall } from './policy.ts'
import { requireCall } from './read.ts'
import type { CallRow } from './repo.ts'
import { claimCommands as claimRows, findOpenCommands, finishCommand, insertCommand } from './repo-commands.ts'
import { insertEvents } from './repo-events.ts'

/** An order that no agent has taken after this long is void: the owner is told, and nothing happens late. */
export const orderLifeMs = 10_000

/** The owner's order to a running call: a row that the agent claims. */
export async function orderCall(actor: Actor, name: string, input: CommandInput): Promise<CommandDto> {
  const call = await requireCall(actor, name)
  if (!canSteerCall(actor, call)) {
    throw new AppError('conflict', call.status === 'in_progress' ? 'Nobody is on this call.' : 'This call is over.')
  }
  if (input.kind === 'take' && !input.browser) await requireSomebodyToRing(actor, call, input.destination)
  const { kind, ...data } = input
  const db = await database()
  const at = Date.now()
  const event: CallEvent = {
    kind: 'command',
    data: { command: kind, ...(input.kind === 'ask' ? { text: input.text } : {}) },
  }
  const row = await db.write(function* (tx) {
    const created = yield* insertCommand(tx, db.tables, {
      call: call.id,
      userId: actor.userId,
      kind,
      data,
      createdAt: toInstant(at),
    })
    const atMs = at - Date.parse(call.timestamp)
    yield* insertEvents(tx, db.tables, db.dialect, call.id, actor.userId, [{ ...event, atMs }], toInstant(at))
    return created
  })
  return toCommandDto(call.callId, row)
}

/** An order that could only be ignored is refused: the owner is waiting for a telephone to ring. */
async function requireSomebodyToRing(actor: Actor, call: CallRow, destination: string | undefined): Promise<void> {
  if (!canRingFor(call)) {
    throw new AppError('conflict', 'This call came from a microphone and rings no telephone: take it in the browser.')
  }
  const line = (await linesOf(actor.userId)).find(({ id }) => id === call.lineId)
  if (!line) return
  if (line.destinations.length === 0)
    throw new AppError('conflict', 'The line of this call has no destination to ring.')
  if (destination !== undefined && !line.destinations.some(({ target }) => target === destination))
    throw new AppError('invalid', `${destination} is not among the destinations of this line.`)
}

/** An order as the agent gets it. */
export type ClaimedCommand = { id: number; call: number; userId: number } & CommandInput

/** Takes the orders that wait for these calls, for the agent of this name. Cheap when there are none: ask ten times a second. */
export async function claimCommands(agent: string, calls?: readonly number[]): Promise<ClaimedCommand[]> {
  const db = await database()
  const open = await findOpenCommands(db, calls)
  if (open.length === 0) return []
  const at = Date.now()
  const rows = await db.write(function* (tx) {
    const ids = open.map(({ id }) => id)
    return yield* claimRows(tx, db.tables, ids, agent, toInstant(at))
  })
  const fresh = rows.filter(({ createdAt }) => at - Date.parse(createdAt) <= orderLifeMs)
  for (const { id } of rows.filter(row => !fresh.includes(row))) await completeCommand(id, 'expired')
  return fresh
    .sort((a, b) => a.id - b.id)
    .map(({ id, call, userId, kind, data }) => ({ id, call, userId, kind, ...data }) as ClaimedCommand)
}

/** Notes how an order went: `done`, or a sentence that says why not. */
export async function completeCommand(id: number, result: string): Promise<void> {
  const db = await database()
  await db.write(function* (tx) {
    yield* finishCommand(tx, db.tables, id, toInstant(Date.now()), result)
  })
}

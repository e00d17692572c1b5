import type { Actor } from '#lib/accounts/actor.ts'
import { database } from '#lib/database.ts'
import { AppError } from '#lib/errors.ts'
import { touchHousehold } from '#lib/household.ts'
import { now } from '#lib/instant.ts'
import { linesOf } from '#lib/lines/index.ts'
import type { NewRule, Rule, RuleChange } from './contract.ts'
import { canSeeRule } from './policy.ts'
import * as repo from './repo.ts'

const mostRules = 200

export function toRule(row: repo.RuleRow): Rule {
  return {
    id: row.id,
    position: row.position,
    name: row.name,
    isEnabled: row.isEnabled === 1,
    caller: row.caller,
    lineId: row.lineId,
    hours: row.hours,
    source: row.source,
    action: row.action,
    destination: row.destination,
    question: row.question,
    createdAt: row.createdAt,
  }
}

/** In the order in which they are asked. */
export async function listRules(actor: Actor): Promise<Rule[]> {
  return rulesOf(actor.userId)
}

/** The rules of one owner, for screening. */
export async function rulesOf(userId: number): Promise<Rule[]> {
  return (await repo.findRules(await database(), userId)).map(toRule)
}

async function requireRule(actor: Actor, id: number): Promise<repo.RuleRow> {
  const row = Number.isSafeInteger(id) ? await repo.findRule(await database(), id) : null
  if (!row || !canSeeRule(actor, row)) throw new AppError('not_found', 'There is no such rule.')
  return row
}

export async function getRule(actor: Actor, id: number): Promise<Rule> {
  return toRule(await requireRule(actor, id))
}

/** A rule speaks of the owner's own lines, and puts calls through only to where the line may. */
async function checkRule(actor: Actor, rule: { lineId: number | null; action: string; destination: string | null }) {
  const lines = await linesOf(actor.userId)
  const line = rule.lineId === null ? null : lines.find(({ id }) => id === rule.lineId)
  if (line === undefined) throw new AppError('invalid', 'The rule names a line that does not exist.')
  if (rule.action !== 'forward' || rule.destination === null) return
  const targets = (line ? [line] : lines).flatMap(({ destinations }) => destinations.map(({ target }) => target))
  if (!targets.includes(rule.destination)) {
    throw new AppError(
      'invalid',
      `${rule.destination} is not among the destinations of ${line ? 'this line' : 'your lines'}.`,
    )
  }
}

export async function createRule(actor: Actor, rule: NewRule): Promise<Rule> {
  const db = await database()
  const values = {
    name: rule.name || null,
    isEnabled: rule.isEnabled === false ? 0 : 1,
    caller: rule.caller ?? null,
    lineId: rule.lineId ?? null,
    hours: rule.hours?.length ? rule.hours : null,
    source: rule.source ?? null,
    action: rule.action,
    destination: rule.destination || null,
    question: rule.question || null,
  }
  await checkRule(actor, values)
  const row = await db.write(function* (tx) {
    const ids = yield* repo.ruleIds(tx, db.tables, actor.userId)
    if (ids.length >= mostRules) throw new AppError('conflict', `One account can have ${mostRules} rules.`)
    const position = (yield* repo.lastPosition(tx, db.tables, actor.userId)) + 1
    return yield* repo.insertRule(tx, db.tables, { ...values, userId: actor.userId, position, createdAt: now() })
  })
  touchHousehold(actor.userId)
  return toRule(row)
}

export async function changeRule(actor: Actor, id: number, change: RuleChange): Promise<Rule> {
  const db = await database()
  const before = toRule(await requireRule(actor, id))
  const { isEnabled, ...values } = change
  await checkRule(actor, { ...before, ...values })
  await db.write(function* (tx) {
    yield* repo.updateRule(tx, db.tables, actor.userId, id, {
      ...values,
      ...(change.hours?.length === 0 ? { hours: null } : {}),
      isEnabled: (isEnabled ?? before.isEnabled) ? 1 : 0,
    })
  })
  touchHousehold(actor.userId)
  return getRule(actor, id)
}

export async function removeRule(actor: Actor, id: number): Promise<void> {
  const db = await database()
  await requireRule(actor, id)
  await db.write(function* (tx) {
    yield* repo.deleteRule(tx, db.tables, id)
  })
  touchHousehold(actor.userId)
}

/** `ids` names every rule once, in the new order; a list that was made before a rule came or went is refused. */
export async function orderRules(actor: Actor, ids: readonly number[]): Promise<Rule[]> {
  const db = await database()
  await db.write(function* (tx) {
    const current = yield* repo.ruleIds(tx, db.tables, actor.userId)
    const isSame =
      current.length === ids.length && new Set(ids).size === ids.length && current.every(id => ids.includes(id))
    if (!isSame) throw new AppError('conflict', 'The rules have changed meanwhile. Load them again and repeat.')
    for (const [i, id] of ids.entries()) yield* repo.updateRule(tx, db.tables, actor.userId, id, { position: i + 1 })
  })
  touchHousehold(actor.userId)
  return listRules(actor)
}

import { type Database, run } from '#db/open.ts'
import type { Actor } from '#lib/accounts/actor.ts'
import type { Decision, ScreenInput } from '#lib/screening/contract.ts'
import { now } from '../instant.ts'
import type { IncomingCall } from './contract.ts'

let people = 0

/** A user with a default line, straight into the tables. */
export async function addOwner(db: Database, name = `owner${++people}`): Promise<Actor> {
  const { users, lines, destinations } = db.tables
  const userId = await db.write(function* (tx) {
    const [user] = yield* run(
      tx
        .insert(users)
        .values({
          username: name,
          email: `${name}@example.com`,
          passwordHash: 'x',
          createdAt: now(),
          usernameKey: name,
          emailKey: `${name}@example.com`,
        })
        .returning({ id: users.id }),
    )
    const [line] = yield* run(
      tx
        .insert(lines)
        .values({
          userId: user!.id,
          name: 'Home',
          greeting: 'Hello.',
          disclosure: 'This is an assistant.',
          country: 'DE',
          hours: [],
          holidays: [],
          createdAt: now(),
        })
        .returning({ id: lines.id }),
    )
    yield* run(tx.insert(destinations).values({ lineId: line!.id, position: 0, label: 'Desk', target: '100' }))
    return user!.id
  })
  return { userId, username: name, role: 'member', via: 'system', scopes: ['all'] }
}

/** A decision, as screening would make it; what a test does not say is a message taken. */
export function decision(part: Partial<Decision> = {}): Decision {
  const action = part.action ?? 'voicemail'
  return {
    action,
    message: action === 'forward' ? 'Forwarding call to 100' : 'Taking a message',
    reason: 'It is not urgent.',
    decidedBy: 'fallback',
    rung: 'conversation',
    ladder: [
      { rung: 'rules', outcome: 'passed', reason: 'There are no rules.' },
      { rung: 'conversation', outcome: 'hit', reason: 'It is not urgent.' },
    ],
    facts: { urgency: 'normal', isSales: false, isSuspicious: false },
    tookMs: 5,
    ...part,
  }
}

/** Decides always the same, and remembers what it was asked. */
export function decides(part: Partial<Decision> = {}, afterMs = 0) {
  const asked: ScreenInput[] = []
  const decide = async (input: ScreenInput) => {
    asked.push(input)
    if (afterMs > 0) await new Promise(resolve => setTimeout(resolve, afterMs))
    return decision(part)
  }
  return Object.assign(decide, { asked })
}

export function incoming(part: Partial<IncomingCall> = {}): IncomingCall {
  return { call_id: 'c1', caller_number: '+4930123456', called_number: '100', ...part }
}

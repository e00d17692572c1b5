import { once } from '../once.ts'
import type { Actor } from './actor.ts'

/** How long a decision about who is asking is believed. Changes made in this process count at once, those of others after this. */
export const believedMs = 500
const keptEntries = 10_000

type Entry = { actor: Actor; untilMs: number }
export type SessionEnded = { userId: number; sessionId?: string }
type Listener = (ended: SessionEnded) => void

type Live = { actors: Map<string, Entry>; listeners: Set<Listener> }
const live = once('accounts.live', (): Live => ({ actors: new Map(), listeners: new Set() }))

/** The actor that this credential stood for a moment ago. */
export function believedActor(credential: string, atMs: number): Actor | null {
  const entry = live.actors.get(credential)
  return entry && entry.untilMs > atMs ? entry.actor : null
}

/** Believes a credential for a moment, and never longer than it is valid itself. */
export function believe(credential: string, actor: Actor, atMs: number, validUntilMs = Number.POSITIVE_INFINITY): void {
  live.actors.delete(credential)
  live.actors.set(credential, { actor, untilMs: Math.min(atMs + believedMs, validUntilMs) })
  if (live.actors.size <= keptEntries) return
  for (const oldest of live.actors.keys()) {
    live.actors.delete(oldest)
    if (live.actors.size <= keptEntries * 0.9) break
  }
}

/** Forgets what was believed of a user: something about the account, its keys or its sessions has changed. */
export function doubt(userId: number): void {
  for (const [credential, { actor }] of live.actors) if (actor.userId === userId) live.actors.delete(credential)
}

/** Says that a session (or, without its id, everything of a user) has ended, so that streams and sockets close. */
export function endLive(ended: SessionEnded): void {
  doubt(ended.userId)
  for (const listener of live.listeners) listener(ended)
}

/** Calls back whenever a session ends in this process; the returned function stops that. */
export function onSessionEnded(listener: Listener): () => void {
  live.listeners.add(listener)
  return () => live.listeners.delete(listener)
}

import { once } from '../once.ts'

export type Phase = 'starting' | 'running' | 'draining'

type Readiness = { phase: Phase; listeners: Set<() => void> }

const readiness = () => once('readiness', (): Readiness => ({ phase: 'starting', listeners: new Set() }))

/** Where this process is in its life: `/ready` is 200 only while running. */
export function phase(): Phase {
  return readiness().phase
}

export function setPhase(next: Phase): void {
  const state = readiness()
  const wasDraining = state.phase === 'draining'
  state.phase = next
  if (next === 'draining' && !wasDraining) for (const listener of state.listeners) listener()
}

/** Called once when the process begins to stop: whoever holds long answers open ends them. Returns how to stop listening. */
export function onDraining(listener: () => void): () => void {
  const { listeners } = readiness()
  listeners.add(listener)
  return () => listeners.delete(listener)
}

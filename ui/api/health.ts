import type { Health } from '#lib/health/contract.ts'
import type { Client } from './client.ts'

export type HealthPart = 'telephone' | 'speech' | 'model'
export type HealthDto = { lines: { part: HealthPart; state: 'working' | 'failing' | 'absent'; isFine: boolean }[] }

const shown: readonly HealthPart[] = ['telephone', 'speech', 'model']

/** The parts that a person at home would ask about, in three words each. */
export function toHealthLines(health: Pick<Health, 'details'>): HealthDto {
  return {
    lines: shown.map(part => {
      const detail = health.details[part]
      const state = detail.working ? 'working' : detail.configured ? 'failing' : 'absent'
      return { part, state, isFine: state === 'working' }
    }),
  }
}

export const readHealth = async (client: Client, signal?: AbortSignal) =>
  toHealthLines(await client.get<Health>('/health', signal ? { signal } : {}))

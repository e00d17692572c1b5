import { hostname } from 'node:os'
import { database } from '#lib/database.ts'
import { toInstant } from '#lib/instant.ts'
import { log } from '#lib/log.ts'
import type { Clock } from '#lib/voice/ports.ts'
import { beat, removeAgent } from './repo.ts'

const everyMs = 1_000

export const agentName = `${hostname()}-${process.pid}`

/** How one part of this process is, in the words of the dashboard. */
export type PartState = { isConfigured: boolean; isWorking: boolean; say: string }

/**
 * Says once a second that this process lives: to its supervisor by message, to everybody else by its row. A locked database
 * holds up the row, never the message.
 */
export function startHeartbeat(
  clock: Clock,
  read: () => { state: Record<string, unknown>; load: number },
): { stop(): Promise<void> } {
  const startedAt = toInstant(Date.now())
  let isStopped = false
  let writing: Promise<void> | null = null
  let cancel = () => {}

  function next(): void {
    if (isStopped) return
    process.send?.({ type: 'alive' })
    writing ??= write().finally(() => {
      writing = null
    })
    cancel = clock.after(everyMs, next)
  }

  async function write(): Promise<void> {
    try {
      await beat(await database(), { name: agentName, pid: process.pid, startedAt, ...read() })
    } catch (error) {
      log.warn({ err: error }, 'the sign of life could not be written')
    }
  }

  next()
  return {
    async stop() {
      isStopped = true
      cancel()
      await writing
      await removeAgent(await database(), agentName).catch(() => {})
    },
  }
}

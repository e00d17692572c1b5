import { claimCommands, completeCommand } from '#lib/calls/index.ts'
import { log } from '#lib/log.ts'
import type { Session } from '#lib/voice/index.ts'
import type { Clock } from '#lib/voice/ports.ts'

const everyMs = 80

/** Carries owners' orders to the conversations they are for, within 100 ms, while any call is up. */
export function createOrders(clock: Clock, agent: string) {
  const sessions = new Map<number, Session>()
  let cancel: (() => void) | null = null
  let isAsking = false
  let isClosed = false

  function schedule(): void {
    if (cancel || isAsking || isClosed || sessions.size === 0) return
    cancel = clock.after(everyMs, () => {
      cancel = null
      void ask()
    })
  }

  async function ask(): Promise<void> {
    isAsking = true
    try {
      for (const order of await claimCommands(agent, [...sessions.keys()])) {
        const session = sessions.get(order.call)
        const isOver = !session || session.state.phase === 'ended'
        if (!isOver) {
          session.send({
            type: 'command',
            command: order.kind,
            ...(order.kind === 'ask' && { text: order.text }),
            ...(order.kind === 'take' && order.destination && { destination: order.destination }),
            ...(order.kind === 'take' && order.browser && { browser: true }),
          })
        }
        void completeCommand(order.id, isOver ? 'This call is over.' : 'done').catch(error =>
          log.warn({ err: error }, 'an order was carried out but could not be ticked off'),
        )
      }
    } catch (error) {
      log.warn({ err: error }, 'orders could not be read')
    } finally {
      isAsking = false
      schedule()
    }
  }

  return {
    add(call: number, session: Session): void {
      sessions.set(call, session)
      schedule()
    },
    remove(call: number): void {
      sessions.delete(call)
    },
    close(): void {
      isClosed = true
      cancel?.()
      cancel = null
    },
  }
}

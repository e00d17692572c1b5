import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client'
import { once } from '../once.ts'
import { currentHealth } from './index.ts'

type Metrics = { registry: Registry; requests: Counter<'route' | 'method' | 'status'> }

/** One registry per process: Node's own numbers (memory, event-loop delay), requests by route, and how the parts are. */
export const metrics = () =>
  once('metrics', (): Metrics => {
    const registry = new Registry()
    collectDefaultMetrics({ register: registry })
    const requests = new Counter({
      name: 'http_requests_total',
      help: 'Answered requests by route pattern, method and status.',
      labelNames: ['route', 'method', 'status'] as const,
      registers: [registry],
    })
    new Gauge({
      name: 'part_working',
      help: '1 when a configured part of the service works, 0 when it does not; parts that are not configured are absent.',
      labelNames: ['part'] as const,
      registers: [registry],
      async collect() {
        this.reset()
        const { details } = await currentHealth()
        for (const [part, { configured, working }] of Object.entries(details))
          if (configured) this.set({ part }, working ? 1 : 0)
      },
    })
    return { registry, requests }
  })

/** Counted by pattern, never by path: a path holds private words, and there are endlessly many. */
export function countRequest(route: string, method: string, status: number): void {
  metrics().requests.inc({ route, method, status })
}

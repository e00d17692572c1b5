import type { Phase } from './readiness.ts'

/** One part of the service. `isConfigured: false` is no fault; `say` is one sentence for a person. */
export type Probe = { isConfigured: boolean; isWorking: boolean; say: string; data?: Record<string, unknown> }

export type Parts = { database: Probe; disk: Probe; telephone: Probe; speech: Probe; model: Probe; voice: Probe }

/** `GET /health`. The five component names are the first service's; `details` are ours. */
export type Health = {
  status: 'healthy' | 'degraded'
  phase: Phase
  version: string
  checked_at: string
  components: {
    sip: boolean
    stt: boolean
    decision_engine: boolean
    action_router: boolean
    user_manager: boolean
  }
  details: Record<
    keyof Parts,
    { configured: boolean; working: boolean; message: string; data?: Record<string, unknown> }
  >
}

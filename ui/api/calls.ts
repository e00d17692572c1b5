import type {
  CallDetailDto,
  CallFilters,
  CallListDto,
  CallPatch,
  CommandDto,
  CommandInput,
  DecisionDto,
  StatsDto,
  TryCall,
  WhatIfInput,
} from '#lib/calls/contract.ts'
import type { Client } from './client.ts'

const at = (callId: string, rest = '') => `/api/v1/calls/${encodeURIComponent(callId)}${rest}`

export const listCalls = (
  client: Client,
  filters: CallFilters & { cursor?: string; limit?: number },
  signal?: AbortSignal,
) => client.get<CallListDto>('/api/v1/calls', { query: filters, ...(signal ? { signal } : {}) })

export const findCall = (client: Client, callId: string, signal?: AbortSignal) =>
  client.get<CallDetailDto>(at(callId), signal ? { signal } : {})

export const changeCall = (client: Client, callId: string, patch: CallPatch) =>
  client.patch<CallDetailDto>(at(callId), { body: patch })

export const deleteCall = (client: Client, callId: string) => client.delete(at(callId))

export const markRead = (client: Client, callIds?: string[]) =>
  client.post<void>('/api/v1/calls/read', { body: callIds ? { callIds } : {} })

/** Begins a call with one's own line, by text. */
export const startTry = (client: Client, call: TryCall) => client.post<DecisionDto>('/api/v1/calls', { body: call })

export const addTurn = (client: Client, callId: string, text: string) =>
  client.post<DecisionDto>(at(callId, '/turns'), { body: { text } })

export const orderCall = (client: Client, callId: string, command: CommandInput) =>
  client.post<CommandDto>(at(callId, '/commands'), { body: command })

export const askWhatIf = (client: Client, callId: string, input: WhatIfInput) =>
  client.post<DecisionDto>(at(callId, '/what-if'), { body: input })

export const readStats = (client: Client, days: number, timeZone: string) =>
  client.get<StatsDto>('/api/v1/stats', { query: { days, timeZone } })

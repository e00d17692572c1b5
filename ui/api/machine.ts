import type {
  InviteDto,
  InviteInput,
  NewInvite,
  UserChange,
  UserDto,
  UserInput,
} from '#lib/accounts/contract.ts'
import type { AuditPage, Settings, SettingsChange } from '#lib/admin/contract.ts'
import type { StatsDto } from '#lib/calls/contract.ts'
import type { Health } from '#lib/health/contract.ts'
import type { ModelJob, ModelList, PullInput } from '#lib/models/contract.ts'
import type { Client } from './client.ts'

export const readStats = (client: Client, query: { days: number; timeZone: string }) =>
  client.get<StatsDto>('/api/v1/stats', { query })

export const listModels = (client: Client) => client.get<ModelList>('/api/v1/models')
export const pullModel = (client: Client, input: PullInput) => client.post<ModelJob>('/api/v1/models/pull', { body: input })
export const cancelPull = (client: Client, id: string) => client.delete(`/api/v1/models/jobs/${encodeURIComponent(id)}`)
export const removeModel = (client: Client, source: PullInput['source'], name: string) =>
  client.delete(`/api/v1/models/${encodeURIComponent(name)}`, { query: { source } })

export const readFullHealth = (client: Client) => client.get<Health>('/health')
export const readSettings = (client: Client) => client.get<Settings>('/api/v1/settings')
export const changeSettings = (client: Client, change: SettingsChange) =>
  client.patch<Settings>('/api/v1/settings', { body: change })

export const listUsers = (client: Client, search: string) =>
  client.get<{ users: UserDto[]; next: number | null }>('/api/v1/users', { query: { search, limit: 100 } })
export const addUser = (client: Client, input: UserInput) => client.post<UserDto>('/api/v1/users', { body: input })
export const changeUser = (client: Client, id: number, change: UserChange) =>
  client.patch<UserDto>(`/api/v1/users/${id}`, { body: change })
export const removeUser = (client: Client, id: number) => client.delete(`/api/v1/users/${id}`)

export const listInvites = async (client: Client) => (await client.get<{ invites: InviteDto[] }>('/api/v1/invites')).invites
export const addInvite = (client: Client, input: InviteInput) => client.post<NewInvite>('/api/v1/invites', { body: input })
export const revokeInvite = (client: Client, id: string) => client.delete(`/api/v1/invites/${encodeURIComponent(id)}`)

export const listAudit = (client: Client, before?: number) => client.get<AuditPage>('/api/v1/audit', { query: { limit: 50, before } })

import type { UserChange, UserDto, UserInput } from '#lib/accounts/contract.ts'
import type { AuditPage, Settings, SettingsChange } from '#lib/admin/contract.ts'
import type { Health } from '#lib/health/contract.ts'
import type { Client } from './client.ts'

export const listUsers = (client: Client, after?: number) =>
  client.get<{ users: UserDto[]; next: number | null }>('/api/v1/users', { query: { after } })
export const addUser = (client: Client, input: UserInput) => client.post<UserDto>('/api/v1/users', { body: input })
export const changeUser = (client: Client, id: number, change: UserChange) =>
  client.patch<UserDto>(`/api/v1/users/${id}`, { body: change })
export const invite = (client: Client, email?: string) =>
  client.post<{ url: string; expiresAt: string }>('/api/v1/invites', { body: email ? { email } : {} })
export const readServiceSettings = (client: Client) => client.get<Settings>('/api/v1/settings')
export const changeServiceSettings = (client: Client, change: SettingsChange) =>
  client.patch<Settings>('/api/v1/settings', { body: change })
export const listAudit = (client: Client, before?: number) =>
  client.get<AuditPage>('/api/v1/audit', { query: { before, limit: 30 } })
export const readFullHealth = (client: Client) => client.get<Health>('/health')

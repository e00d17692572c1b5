import type { ModelJob, ModelList, PullInput } from '#lib/models/contract.ts'
import type { Client } from './client.ts'

export const listModels = (client: Client) => client.get<ModelList>('/api/v1/models')
export const pullModel = (client: Client, input: PullInput) =>
  client.post<ModelJob>('/api/v1/models/pull', { body: input })
export const cancelJob = (client: Client, id: string) => client.delete(`/api/v1/models/jobs/${encodeURIComponent(id)}`)
export const removeModel = (client: Client, source: PullInput['source'], name: string) =>
  client.delete(`/api/v1/models/${encodeURIComponent(name)}`, { query: { source } })

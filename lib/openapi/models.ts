import { ModelJob, ModelList, PullInput, RemoveQuery } from '#lib/models/contract.ts'
import type { Entry } from './entry.ts'

export const modelEntries: Entry[] = [
  {
    method: 'GET',
    path: '/api/v1/models',
    tag: 'Administration',
    summary: 'Speech models and Ollama’s models: what can be pulled, what is installed, what is on its way',
    access: 'admin',
    answer: ModelList,
  },
  {
    method: 'POST',
    path: '/api/v1/models/pull',
    tag: 'Administration',
    summary: 'Begin to pull a model',
    detail: 'Answers a job at once. Pulling a model that is being pulled answers the same job.',
    access: 'admin',
    body: PullInput,
    answer: ModelJob,
    status: 201,
  },
  {
    method: 'GET',
    path: '/api/v1/models/jobs/[id]',
    tag: 'Administration',
    summary: 'How a download goes',
    access: 'admin',
    answer: ModelJob,
  },
  {
    method: 'DELETE',
    path: '/api/v1/models/jobs/[id]',
    tag: 'Administration',
    summary: 'Stop a download',
    detail: 'What was downloaded is kept; pulling again goes on from there.',
    access: 'admin',
  },
  {
    method: 'DELETE',
    path: '/api/v1/models/[name]',
    tag: 'Administration',
    summary: 'Remove a model',
    access: 'admin',
    query: RemoveQuery,
  },
]

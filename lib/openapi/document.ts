import { z } from 'zod'
import { once } from '../once.ts'
import { version } from '../version.ts'
import { catalogue } from './catalogue.ts'
import type { Entry } from './entry.ts'
import { type Schema, schemaWriter } from './schemas.ts'

type Parameter = { name: string; in: 'path' | 'query'; required: boolean; schema: Schema }
type Content = Record<string, { schema: Schema }>

export type Operation = {
  operationId: string
  tags: string[]
  summary: string
  description?: string
  security: Record<string, string[]>[]
  parameters?: Parameter[]
  requestBody?: { required: true; content: Content }
  responses: Record<string, { description: string; content?: Content }>
}

export type Document = {
  openapi: '3.1.0'
  info: { title: string; version: string; description: string }
  servers: { url: string }[]
  tags: { name: string }[]
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Schema; securitySchemes: Schema }
}

const text = { type: 'string' }
const problem: Schema = {
  type: 'object',
  description: 'RFC 9457; `detail` is one sentence for the person who asked.',
  properties: {
    type: text,
    title: text,
    status: { type: 'integer' },
    detail: text,
    code: text,
    errors: {
      type: 'array',
      description: 'With 422: what is wrong, field by field.',
      items: { type: 'object', properties: { field: text, message: text }, required: ['field', 'message'] },
    },
  },
  required: ['title', 'status', 'detail'],
}
const detail: Schema = { type: 'object', properties: { detail: text }, required: ['detail'] }

/** The whole API as OpenAPI 3.1, made once from the same contracts that check every request. */
export function openApiDocument(): Document {
  return once('openapi', makeDocument)
}

function makeDocument(): Document {
  const { write, components } = schemaWriter()
  const paths: Document['paths'] = {}
  for (const entry of catalogue) {
    const path = entry.path.replace(/\[(\w+)\]/g, '{$1}')
    paths[path] = { ...paths[path], [entry.method.toLowerCase()]: toOperation(entry, write) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'AI Call Service',
      version,
      description:
        'A phone line that answers for you. Sign in with `Authorization: Bearer <token>` or `X-API-Key: <key>`. Errors are one sentence in `detail`. Instants are ISO 8601 in UTC, durations milliseconds.',
    },
    servers: [{ url: '/' }],
    tags: [...new Set(catalogue.map(({ tag }) => tag))].map(name => ({ name })),
    paths,
    components: {
      schemas: { ...components, Problem: problem, Detail: detail },
      securitySchemes: {
        token: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description: 'The `token` that sign-in returns; it lives for 24 hours.',
        },
        key: {
          type: 'apiKey',
          in: 'header',
          name: 'X-API-Key',
          description: 'An API key (`aisk_...`), whole or limited to some scopes.',
        },
      },
    },
  }
}

type Write = ReturnType<typeof schemaWriter>['write']

function toOperation(entry: Entry, write: Write): Operation {
  const { body, bodyType, query, scopes } = entry
  const description = [entry.detail, scopeSentence(scopes)].filter(Boolean).join('\n\n')
  const parameters = [...pathParameters(entry.path), ...queryParameters(query, write)]
  const content: Content | null = body
    ? { 'application/json': { schema: write(body, 'input') } }
    : bodyType
      ? { [bodyType]: { schema: text } }
      : null
  return {
    operationId: operationId(entry),
    tags: [entry.tag],
    summary: entry.summary,
    ...(description ? { description } : {}),
    security: securityOf(entry.access),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(content ? { requestBody: { required: true, content } } : {}),
    responses: { ...answersOf(entry, write), ...errorsOf(entry) },
  }
}

/** `GET /api/v1/calls/[id]/audio` is `getCallsIdAudio`; both `/call/incoming` and `/api/v1/...` keep their words. */
function operationId({ method, path }: Entry): string {
  const words = path.replace('/api/v1', '').match(/[a-z0-9]+/gi) ?? []
  return method.toLowerCase() + words.map(word => word[0]!.toUpperCase() + word.slice(1)).join('')
}

function scopeSentence(scopes: Entry['scopes']): string {
  return scopes ? `Keys limited to ${scopes.map(scope => `\`${scope}\``).join(' or ')} may do this.` : ''
}

function securityOf(access: Entry['access']): Record<string, string[]>[] {
  if (access === 'public') return []
  const any: Record<string, string[]>[] = [{ token: [] }, { key: [] }]
  return access === 'optional' ? [{}, ...any] : any
}

function pathParameters(path: string): Parameter[] {
  return [...path.matchAll(/\[(\w+)\]/g)].map(match => ({ name: match[1]!, in: 'path', required: true, schema: text }))
}

function queryParameters(query: z.ZodType | undefined, write: Write): Parameter[] {
  if (!(query instanceof z.ZodObject)) return []
  const { properties = {}, required = [] } = write(query, 'input') as {
    properties?: Record<string, Schema>
    required?: string[]
  }
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema,
  }))
}

function answersOf({ answer, answerType, status }: Entry, write: Write): Operation['responses'] {
  if (answerType) return { 200: { description: 'The file or stream.', content: { [answerType]: { schema: text } } } }
  if (!answer) return { [status ?? 'default']: { description: 'Done.' } }
  return {
    [status ?? 200]: { description: 'Done.', content: { 'application/json': { schema: write(answer, 'output') } } },
  }
}

const sentences: Record<number, string> = {
  400: 'The request could not be read.',
  401: 'Sign-in needed.',
  403: 'Not allowed.',
  404: 'Not found, or not yours.',
  422: 'A field is missing or wrong; the sentence names it.',
  429: 'Too often: see Retry-After.',
}

function errorsOf({ errors, access, body, bodyType, query, path }: Entry): Operation['responses'] {
  const statuses = [
    ...(body || bodyType ? [400] : []),
    ...(body || bodyType || query ? [422] : []),
    ...(access === 'public' ? [] : [401]),
    ...(access === 'admin' ? [403] : []),
    ...(path.includes('[') ? [404] : []),
    429,
  ]
  const content: Content =
    errors === 'compatible'
      ? { 'application/json': { schema: { $ref: '#/components/schemas/Detail' } } }
      : { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } }
  return Object.fromEntries(statuses.map(status => [status, { description: sentences[status]!, content }]))
}

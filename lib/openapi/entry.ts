import type { z } from 'zod'
import type { Scope } from '#lib/accounts/actor.ts'
import type { Access } from '#lib/http/index.ts'

export type Tag =
  | 'Service'
  | 'Sign-in'
  | 'Calls'
  | 'Live'
  | 'People and rules'
  | 'Lines and voice'
  | 'Notifications'
  | 'Account'
  | 'Administration'

/** What the documentation says of one method of one path. A test holds it to what the route file really asks for. */
export type Entry = {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** As the folders name it: `/call/[id]/status`. */
  path: string
  tag: Tag
  /** One line. */
  summary: string
  /** What else a stranger has to know. */
  detail?: string
  access: Access
  scopes?: readonly Scope[]
  errors?: 'compatible' | 'problem'
  query?: z.ZodType
  body?: z.ZodType
  /** The type of a body that is no JSON: `text/vcard`. */
  bodyType?: string
  answer?: z.ZodType
  /** The type of an answer that is no JSON: `text/csv`. */
  answerType?: string
  /** Default 200, or 204 without an answer. */
  status?: number
}

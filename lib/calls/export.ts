import { stringify } from 'csv-stringify/sync'
import type { Actor } from '#lib/accounts/actor.ts'
import { database } from '../database.ts'
import { apart } from './apart.ts'
import type { CallDto, CallExportQuery } from './contract.ts'

const pageRows = 500

const columns = [
  'timestamp',
  'callId',
  'callerNumber',
  'callerName',
  'organisation',
  'calledNumber',
  'action',
  'status',
  'message',
  'reason',
  'decidedBy',
  'urgency',
  'summary',
  'callbackNumber',
  'destination',
  'source',
  'durationMs',
  'completedAt',
  'isRead',
  'isArchived',
] as const satisfies readonly (keyof CallDto)[]

/** The actor's calls as a file, page by page: memory stays flat and the loop free however many there are. */
export async function exportCalls(actor: Actor, { format, ...filters }: CallExportQuery): Promise<Response> {
  const db = await database()
  const encoder = new TextEncoder()
  let cursor: string | null | undefined
  let isFirst = true
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const asked = { userId: actor.userId, filters, cursor: cursor ?? undefined, limit: pageRows }
      const page = await apart(db, 'page', asked)
      cursor = page.nextCursor
      const text = format === 'csv' ? toCsv(page.calls, isFirst) : toJson(page.calls, isFirst, cursor === null)
      isFirst = false
      if (text) controller.enqueue(encoder.encode(text))
      if (cursor === null) controller.close()
    },
  })
  return new Response(body, {
    headers: {
      'content-type': format === 'csv' ? 'text/csv; charset=utf-8' : 'application/json; charset=utf-8',
      'content-disposition': `attachment; filename="calls.${format}"`,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    },
  })
}

/**
 * Cells that a spreadsheet would take for a formula get a quote in front (OWASP), also where it is only a telephone
 * number that begins with a plus: a caller chooses what stands there.
 */
export function toCsv(calls: readonly CallDto[], hasHeader: boolean): string {
  // The mark at the beginning tells spreadsheets that this is UTF-8.
  return stringify(
    calls.map(call => columns.map(name => call[name])),
    {
      bom: hasHeader,
      header: hasHeader,
      columns: columns.map(key => ({ key, header: key })),
      escape_formulas: true,
      record_delimiter: 'windows',
      cast: { boolean: value => (value ? 'true' : 'false') },
    },
  )
}

function toJson(calls: readonly CallDto[], isFirst: boolean, isLast: boolean): string {
  const rows = calls.map(call => JSON.stringify(call)).join(',\n')
  const between = isFirst ? '[\n' : rows ? ',\n' : ''
  return `${between}${rows}${isLast ? '\n]\n' : ''}`
}

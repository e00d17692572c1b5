import { AuditQuery } from '#lib/admin/contract.ts'
import { listAudit } from '#lib/admin/index.ts'
import { handler } from '#lib/http/index.ts'

export const GET = handler({ access: 'admin', query: AuditQuery }, ({ query }) => listAudit(query))

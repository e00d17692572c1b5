import { handler } from '#lib/http/index.ts'
import { NotificationPreferences } from '#lib/notify/contract.ts'
import { readNotificationPreferences, saveNotificationPreferences } from '#lib/notify/index.ts'

export const GET = handler({ access: 'user' }, ({ actor }) => readNotificationPreferences(actor.userId))

export const PUT = handler({ access: 'user', body: NotificationPreferences }, ({ actor, body }) =>
  saveNotificationPreferences(actor, body),
)

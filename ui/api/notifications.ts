import type { NotificationPreferences, PushDto } from '#lib/notify/contract.ts'
import type { Client } from './client.ts'

export const readNotifications = (client: Client) => client.get<NotificationPreferences>('/api/v1/notifications')
export const changeNotifications = (client: Client, preferences: NotificationPreferences) =>
  client.put<NotificationPreferences>('/api/v1/notifications', { body: preferences })
export const readPush = (client: Client) => client.get<PushDto>('/api/v1/push')

import type { NotificationPreferences, PushDto, SubscribeInput, SubscriptionDto } from '#lib/notify/contract.ts'
import type { Client } from './client.ts'

export const readNotifications = (client: Client) => client.get<NotificationPreferences>('/api/v1/notifications')
export const changeNotifications = (client: Client, preferences: NotificationPreferences) =>
  client.put<NotificationPreferences>('/api/v1/notifications', { body: preferences })
export const readPush = (client: Client) => client.get<PushDto>('/api/v1/push')
export const subscribePush = (
  client: Client,
  subscription: Pick<SubscribeInput, 'endpoint' | 'keys'> & Partial<SubscribeInput>,
) => client.post<SubscriptionDto>('/api/v1/push', { body: subscription })
export const unsubscribePush = (client: Client, id: number) => client.delete(`/api/v1/push/${id}`)
export const testPush = (client: Client) => client.post<{ sent: number; delivered: number }>('/api/v1/push/test')

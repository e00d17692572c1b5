/** Tells owners and other programs about calls: Web Push to devices, signed webhooks to servers. */
export { startNotifier } from './notifier.ts'
export {
  createWebhook,
  deleteWebhook,
  listWebhooks,
  readNotificationPreferences,
  readPush,
  saveNotificationPreferences,
  subscribe,
  testPush,
  unsubscribe,
} from './service.ts'

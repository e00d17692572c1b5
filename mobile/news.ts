import { registerPlugin } from '@capacitor/core'

export type NewsMode = 'off' | 'push' | 'poll'
export type NewsStatus = {
  mode: NewsMode
  /** Whether Android lets the app show notifications. */
  isAllowed: boolean
  /** Apps on this phone that deliver push messages without Google. */
  distributors: { id: string; name: string }[]
  distributor?: string | null
  /** One word when the distributor refused us or let us go, or when the server refused the key. */
  failure?: string | null
  /** The subscription for the server, once the distributor has answered. */
  endpoint?: string | null
  p256dh?: string | null
  auth?: string | null
}

/** NewsPlugin.java. Rejections carry one sentence for the person. */
export type NewsPlugin = {
  status(): Promise<NewsStatus>
  askPermission(): Promise<NewsStatus>
  register(options: { distributor: string; vapid: string }): Promise<NewsStatus>
  poll(options: { server: string; readKey: string; lastCall: string }): Promise<NewsStatus>
  stop(): Promise<NewsStatus>
  redeem(options: { word: string }): Promise<{ order?: string | null; callId?: string | null }>
  addListener(event: 'changed', hear: (status: NewsStatus) => void): Promise<{ remove(): Promise<void> }>
}

export const News = registerPlugin<NewsPlugin>('News')

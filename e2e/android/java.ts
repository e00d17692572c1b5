import type { Native } from './native.ts'

/** NewsPlugin.java as the screens see it; the distributor answers when a test says so. */
type NewsFake = {
  mode: string
  isAllowed: boolean
  distributors: { id: string; name: string }[]
  distributor?: string
  endpoint?: string
  p256dh?: string
  auth?: string
  failure?: string
}
export const noNews = (): NewsFake => ({
  mode: 'off',
  isAllowed: true,
  distributors: [{ id: 'io.heckel.ntfy', name: 'ntfy' }],
})

type Screening = { mode: string; isConnected: boolean; server: string | null; key: string | null }
const noScreening = (): Screening => ({ mode: 'off', isConnected: false, server: null, key: null })

/** What the phone holds, and what a test changes behind the screens' back. */
export const java = {
  preferences: new Map<string, string>(),
  /** The Keystore. */
  vault: new Map<string, string>(),
  screening: noScreening(),
  launchUrl: null as string | null,
  news: noNews(),
  newsAsked: {} as Record<string, unknown>,
  /** Buttons of notifications that nobody has pressed yet. */
  offered: new Map<string, { order: string; callId: string }>(),
}

/** The Java side, as far as the screens see it. */
export const native: Native = {
  Preferences: {
    configure: () => {},
    get: ({ key }) => ({ value: java.preferences.get(String(key)) ?? null }),
    set: ({ key, value }) => void java.preferences.set(String(key), String(value)),
    remove: ({ key }) => void java.preferences.delete(String(key)),
  },
  SecureStorage: {
    internalGetItem: ({ prefixedKey }) => ({ data: java.vault.get(String(prefixedKey)) ?? null }),
    internalSetItem: ({ prefixedKey, data }) => void java.vault.set(String(prefixedKey), String(data)),
    internalRemoveItem: ({ prefixedKey }) => ({ success: java.vault.delete(String(prefixedKey)) }),
  },
  News: {
    status: () => java.news,
    askPermission: () => java.news,
    register(options) {
      java.newsAsked = options
      java.news = { ...noNews(), mode: 'push', distributor: String(options.distributor) }
      return java.news
    },
    poll(options) {
      java.newsAsked = options
      java.news = { ...noNews(), mode: 'poll' }
      return java.news
    },
    stop() {
      java.news = noNews()
      return java.news
    },
    redeem({ word }) {
      const order = java.offered.get(String(word))
      java.offered.delete(String(word))
      return order ?? { order: null, callId: null }
    },
  },
  SystemBars: { setStyle: () => {} },
  App: { minimizeApp: () => {}, getLaunchUrl: () => (java.launchUrl ? { url: java.launchUrl } : {}) },
  CallScreen: {
    status: () => screenStatus(),
    requestRole: () => screenStatus(),
    connect({ server, deviceKey }) {
      Object.assign(java.screening, { isConnected: true, server, key: deviceKey })
      return screenStatus()
    },
    setMode({ mode }) {
      java.screening.mode = String(mode)
      return screenStatus()
    },
    async simulate({ number }) {
      const body = {
        call_id: `android-test-${Math.random()}`,
        caller_number: number,
        called_number: 'android',
        channel: 'android:screen',
        deadline_ms: 3000,
      }
      const headers = { 'content-type': 'application/json', 'x-api-key': java.screening.key! }
      const response = await fetch(`${java.screening.server}/call/incoming`, {
        method: 'POST',
        headers,
        body: JSON.stringify(body),
      })
      const { action, message } = (await response.json()) as { action: string; message: string }
      return {
        treatment: action === 'block' ? 'decline' : action === 'voicemail' ? 'silence' : 'allow',
        reason: message,
        tookMs: 5,
      }
    },
    disconnect() {
      Object.assign(java.screening, { mode: 'off', isConnected: false, server: null, key: null })
      return screenStatus()
    },
  },
}
const screenStatus = () => ({ isSupported: true, hasRole: true, waiting: 0, ...java.screening, key: undefined })

/** A phone that has just been unpacked. */
export function resetJava() {
  Object.assign(java, {
    preferences: new Map(),
    vault: new Map(),
    screening: noScreening(),
    launchUrl: null,
    news: noNews(),
    newsAsked: {},
    offered: new Map(),
  })
}

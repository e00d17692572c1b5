/// <reference lib="webworker" />
import { CacheFirst, ExpirationPlugin, Serwist } from 'serwist'
import { toNotification } from './notification.ts'
import { offlinePage } from './offline.ts'

declare const self: ServiceWorkerGlobalScope
/** Set by the build: another build is another worker, which is how an open page learns of it. */
declare const buildId: string

/** Files whose names change with their content; they hold nothing of anybody. */
const filesCache = 'files'
/** The last inbox, for as long as its owner is signed in. */
const privateCache = 'private'
const inboxPath = '/inbox'
const navigationTimeoutMs = 8_000

const serwist = new Serwist({
  // The page asks its reader before a new version takes over.
  skipWaiting: false,
  clientsClaim: true,
  runtimeCaching: [
    {
      matcher: ({ url, sameOrigin }) => sameOrigin && /^\/(_next\/static|icons)\//.test(url.pathname),
      handler: new CacheFirst({
        cacheName: filesCache,
        plugins: [new ExpirationPlugin({ maxEntries: 300, maxAgeSeconds: 30 * 86_400 })],
      }),
    },
    { matcher: ({ request }) => request.mode === 'navigate', handler: ({ request }) => openPage(request) },
  ],
})
serwist.addEventListeners()

/** The server's page; without a server the last inbox, or a page that says so. Nothing else of anybody is ever kept. */
async function openPage(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url)
  try {
    const response = await fetch(request, { signal: AbortSignal.timeout(navigationTimeoutMs) })
    if (isSignedOut(pathname, response)) await forgetPrivate()
    else if (pathname === inboxPath && response.ok) {
      const cache = await caches.open(privateCache)
      await cache.put(inboxPath, response.clone())
    }
    return response
  } catch {
    const isInbox = pathname === inboxPath || pathname === '/'
    const kept = isInbox ? await caches.match(inboxPath, { cacheName: privateCache }) : undefined
    return kept ?? offlinePage(self.navigator.language)
  }
}

/**
 * The login page is only ever shown to somebody who is not signed in, and the inbox leads there once a session ended.
 * A navigation's redirect arrives opaque, without its goal.
 */
function isSignedOut(pathname: string, response: Response): boolean {
  return (pathname === '/login' && response.ok) || (pathname === inboxPath && response.type === 'opaqueredirect')
}

function forgetPrivate(): Promise<boolean> {
  return caches.delete(privateCache)
}

self.addEventListener('message', event => {
  if (event.data === 'build-id') event.ports[0]?.postMessage(buildId)
  if (event.data === 'skip-waiting') event.waitUntil(self.skipWaiting())
  if (event.data === 'signed-out') event.waitUntil(forgetPrivate().then(() => event.ports[0]?.postMessage('forgotten')))
})

self.addEventListener('push', event => {
  const { title, options } = toNotification(event.data?.text(), self.navigator.language)
  event.waitUntil(self.registration.showNotification(title, options))
})

self.addEventListener('notificationclick', event => {
  event.notification.close()
  const { path, callId } = event.notification.data as { path: string; callId?: string | null }
  event.waitUntil(
    (async () => {
      if (event.action && callId) await order(callId, event.action)
      if (event.action !== 'voicemail') await show(path)
    })(),
  )
})

/** Steers the running call; when the server no longer knows it, the page that opens says what happened. */
async function order(callId: string, kind: string): Promise<void> {
  const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ kind }) }
  await fetch(`/api/v1/calls/${encodeURIComponent(callId)}/commands`, init).catch(() => {})
}

async function show(path: string): Promise<void> {
  const windows = await self.clients.matchAll({ type: 'window', includeUncontrolled: true })
  const open = windows[0]
  if (!open) {
    await self.clients.openWindow(path)
    return
  }
  await open.focus()
  await open.navigate(path).catch(() => self.clients.openWindow(path))
}

// The browser renewed the subscription by itself: the server must hear of it, or it stays silent for ever.
self.addEventListener('pushsubscriptionchange', event => {
  const change = event as ExtendableEvent & { newSubscription?: PushSubscription; oldSubscription?: PushSubscription }
  change.waitUntil(
    (async () => {
      const options = change.oldSubscription?.options ?? { userVisibleOnly: true }
      const fresh = change.newSubscription ?? (await self.registration.pushManager.subscribe(options))
      const { endpoint, keys } = fresh.toJSON()
      await fetch('/api/v1/push', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ endpoint, keys }),
      })
    })(),
  )
})

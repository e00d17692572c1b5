const answerTimeoutMs = 2_000

/** Service workers exist on https and on localhost only; elsewhere the dashboard works without one. */
export const canHaveWorker = () =>
  typeof navigator !== 'undefined' && 'serviceWorker' in navigator && window.isSecureContext

/**
 * Registers the worker and calls `onUpdate` with a function that switches to the new version, once one is ready beside
 * the running one. Returns a function that stops listening.
 */
export function registerWorker(onUpdate: (apply: () => void) => void): () => void {
  if (!canHaveWorker()) return () => {}
  let isStopped = false
  let isApplied = false
  const watch = (worker: ServiceWorker | null) => {
    worker?.addEventListener('statechange', () => {
      if (worker.state === 'installed' && navigator.serviceWorker.controller && !isStopped) offer(worker)
    })
  }
  const offer = (worker: ServiceWorker) =>
    onUpdate(() => {
      isApplied = true
      worker.postMessage('skip-waiting')
    })
  const reload = () => {
    if (isApplied) window.location.reload()
  }
  navigator.serviceWorker.addEventListener('controllerchange', reload)
  void navigator.serviceWorker
    .register('/sw.js', { updateViaCache: 'none' })
    .then(registration => {
      if (isStopped) return
      if (registration.waiting && navigator.serviceWorker.controller) offer(registration.waiting)
      watch(registration.installing)
      registration.addEventListener('updatefound', () => watch(registration.installing))
    })
    // No worker is no fault: a build without one, a browser that forbids it.
    .catch(() => {})
  return () => {
    isStopped = true
    navigator.serviceWorker.removeEventListener('controllerchange', reload)
  }
}

/** Resolves when the worker holds nothing of the person any more; without a worker at once. */
export async function forgetPrivatePages(): Promise<void> {
  const worker = canHaveWorker() ? navigator.serviceWorker.controller : null
  if (!worker) return
  const { port1, port2 } = new MessageChannel()
  await new Promise<void>(resolve => {
    const timer = setTimeout(resolve, answerTimeoutMs)
    port1.onmessage = () => {
      clearTimeout(timer)
      resolve()
    }
    worker.postMessage('signed-out', [port2])
  })
}

const firstPauseMs = 2_000
const longestPauseMs = 60_000

/**
 * Keeps callers from waiting for a model that hangs. One time-out opens it; a probe in the background, never a caller, finds
 * out whether it lives again. Quick failures do not open it: they cost nobody anything.
 */
export function createBreaker({ probe, now = Date.now }: { probe: () => Promise<void>; now?: () => number }) {
  let openedAt: number | null = null
  let lastTryAt = 0
  let failures = 0
  let probing: Promise<void> | null = null

  function startProbe(): Promise<void> {
    lastTryAt = now()
    probing ??= probe()
      .then(() => {
        openedAt = null
      })
      .catch(() => {})
      .finally(() => {
        probing = null
      })
    return probing
  }

  return {
    isOpen: () => openedAt !== null,
    /** Lets the first caller after the pause start a probe and wait for it for a moment; all others pass by at once. */
    async mayAsk(patienceMs: number): Promise<boolean> {
      if (openedAt === null) return true
      const pauseMs = Math.min(firstPauseMs * 2 ** Math.min(Math.max(failures - 2, 0), 8), longestPauseMs)
      const isDue = failures < 2 ? now() - lastTryAt > 250 : now() - lastTryAt > pauseMs
      if (probing || !isDue) return false
      let timer: ReturnType<typeof setTimeout> | undefined
      const patience = new Promise<void>(resolve => {
        timer = setTimeout(resolve, patienceMs)
      })
      await Promise.race([startProbe(), patience])
      clearTimeout(timer)
      return openedAt === null
    },
    succeeded() {
      failures = 0
      openedAt = null
    },
    timedOut() {
      failures += 1
      openedAt ??= now()
      lastTryAt = now()
    },
  }
}

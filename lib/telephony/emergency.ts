import type { Ari } from './ari/client.ts'

const lookEveryMs = 5_000

/**
 * Watches for emergency calls, which the dialplan sends straight to the trunk without asking us: it leaves their time in a
 * global variable. `onEmergency` gets each time once, also one from before this process began. Returned: stop.
 */
export function watchEmergencies(ari: Pick<Ari, 'call' | 'state'>, onEmergency: (atMs: number) => void): () => void {
  let last = 0
  let isLooking = false
  const look = async () => {
    if (isLooking || ari.state !== 'connected') return
    isLooking = true
    try {
      const { value } = await ari.call('GET /asterisk/variable', { variable: 'AICALL_EMERGENCY_AT' })
      const atMs = Number(value) * 1000
      if (!Number.isFinite(atMs) || atMs <= last) return
      last = atMs
      onEmergency(atMs)
    } catch {
      // an Asterisk without the variable, or without connection, knows of none
    } finally {
      isLooking = false
    }
  }
  const timer = setInterval(() => void look(), lookEveryMs)
  timer.unref()
  return () => clearInterval(timer)
}

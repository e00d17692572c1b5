import type { Channel, StasisStart } from './ari/ari.generated.ts'
import { type Ari, AriError, type AriEvent } from './ari/client.ts'

/** What one channel may tell whoever watches it. `onGone` comes exactly once, whichever way Asterisk says it. */
export type ChannelWatcher = {
  onStart?: (event: StasisStart) => void
  /** `cause` is the Q.850 cause, 0 when it is not known. */
  onGone?: (cause: number) => void
  onDigit?: (digit: string) => void
  /** Its state after a lost connection was mended, for what was missed. */
  onSeen?: (channel: Channel) => void
}

/** A request that makes a channel is answered, or given up, within this. */
export const settleMs = 6_000

export type Channels = ReturnType<typeof createChannels>

/** Gives every event to the one who watches its channel. What nobody watches and we did not make is an incoming call. */
export function createChannels(ari: Ari, onStranger: (event: StasisStart) => void) {
  const watchers = new Map<string, ChannelWatcher>()
  const prefix = `${ari.app}-${process.pid.toString(36)}${Date.now().toString(36)}-`
  let serial = 0

  /** Why a channel is about to end, when Asterisk says so beforehand. */
  const causes = new Map<string, number>()

  function gone(channelId: string, cause: number): void {
    const watcher = watchers.get(channelId)
    causes.delete(channelId)
    if (!watcher) return
    watchers.delete(channelId)
    watcher.onGone?.(cause)
  }

  ari.onEvent((event: AriEvent) => {
    switch (event.type) {
      case 'StasisStart': {
        const watcher = watchers.get(event.channel.id)
        if (watcher) watcher.onStart?.(event)
        else onStranger(event)
        return
      }
      case 'ChannelHangupRequest':
        if (watchers.has(event.channel.id) && event.cause) causes.set(event.channel.id, event.cause)
        return
      case 'StasisEnd':
        // the last that Asterisk says of a caller who hung up; ChannelDestroyed follows for channels that we made
        return gone(event.channel.id, causes.get(event.channel.id) ?? 0)
      case 'ChannelDestroyed':
        return gone(event.channel.id, event.cause)
      case 'ChannelDtmfReceived':
        return watchers.get(event.channel.id)?.onDigit?.(event.digit)
    }
  })

  const since = new WeakMap<ChannelWatcher, number>()
  /** Channels to hang up as soon as Asterisk can be reached again. */
  const doomed = new Set<string>()
  const doomedBridges = new Set<string>()
  return {
    /** A name for something we are about to create, known before Asterisk says anything about it. */
    newId: (kind: string) => `${prefix}${kind}-${++serial}`,
    /** Whether a channel or bridge was made by an agent of this application, this one or one before it. */
    isOurs: (id: string) => new RegExp(`^${ari.app}-[0-9a-z]+-`).test(id),
    isMine: (id: string) => id.startsWith(prefix),
    watch(channelId: string, watcher: ChannelWatcher): () => void {
      watchers.set(channelId, watcher)
      since.set(watcher, performance.now())
      return () => {
        if (watchers.get(channelId) === watcher) watchers.delete(channelId)
      }
    },
    has: (channelId: string) => watchers.has(channelId),
    /**
     * After a reconnection: who is gone is gone, who is there is seen. `present` was read after `beforeMs`; whoever is
     * watched for a shorter time may not have been made yet when it was read, and is left for the next look.
     */
    compare(present: readonly Channel[], beforeMs: number) {
      const byId = new Map(present.map(channel => [channel.id, channel]))
      for (const [channelId, watcher] of [...watchers]) {
        const channel = byId.get(channelId)
        if (channel) watcher.onSeen?.(channel)
        else if ((since.get(watcher) ?? 0) < beforeMs - settleMs) gone(channelId, 0)
      }
    },
    /** Hangs up now, or after the reconnection when Asterisk cannot be reached. Never rejects. */
    async hangUp(
      channelId: string,
      how: { reason: 'normal' | 'busy' } | { reason_code: string } = { reason: 'normal' },
    ) {
      try {
        await ari.call('DELETE /channels/{channelId}', { channelId, ...how })
      } catch (error) {
        if (error instanceof AriError && error.status === 0) doomed.add(channelId)
      }
    },
    /** Like hangUp, for a bridge of ours. */
    async removeBridge(bridgeId: string) {
      try {
        await ari.call('DELETE /bridges/{bridgeId}', { bridgeId })
      } catch (error) {
        if (error instanceof AriError && error.status === 0) doomedBridges.add(bridgeId)
      }
    },
    /** What could not be ended while Asterisk was away. */
    async endDoomed() {
      const [all, bridges] = [[...doomed], [...doomedBridges]]
      doomed.clear()
      doomedBridges.clear()
      for (const channelId of all) await this.hangUp(channelId)
      for (const bridgeId of bridges) await this.removeBridge(bridgeId)
    },
  }
}

import type { Env } from '#lib/env.ts'
import { log } from '#lib/log.ts'
import type { Clock } from '#lib/voice/ports.ts'
import type { StasisStart } from './ari/ari.generated.ts'
import { type Ari, type AriState, connectAri } from './ari/client.ts'
import { createChannels, settleMs } from './channels.ts'
import { watchEmergencies } from './emergency.ts'
import { createPhoneLine, type PhoneLine } from './line.ts'
import { type MediaThread, startMedia } from './media/client.ts'
import type { TransportKind } from './mouth.ts'
import { isMediaChannel, readPresent, releaseHeld } from './presence.ts'

export { type FallbackRecording, fallbackRecordings } from './fallback-recordings.ts'
export type { PhoneLine } from './line.ts'
export { type MediaHandle, type MediaThread, startMedia } from './media/client.ts'
export { releaseCalls } from './release.ts'

export type IncomingCall = {
  line: PhoneLine
  /** Asterisk's unique id of the caller's channel. */
  id: string
  /** As it came; empty when withheld. */
  callerNumber: string
  callerName: string
  calledNumber: string
  /** `PJSIP/trunk-00000001` */
  channelName: string
}

export type TelephonyState = {
  isConnected: boolean
  state: AriState
  /** One sentence for people when something is wrong. */
  trouble: string | null
  transport: TransportKind | null
  calls: number
}

export type Telephony = {
  readonly media: MediaThread
  status(): TelephonyState
  onState(listener: (state: TelephonyState) => void): () => void
  connected(): Promise<void>
  readonly ari: Ari
  /** New calls go to the dialplan's fallback from now on; running ones may end, `deadlineMs` at most, then they follow. */
  drain(deadlineMs: number): Promise<void>
  close(): Promise<void>
}

export type TelephonyOptions = {
  env: Pick<Env, 'ASTERISK_ARI_URL' | 'ASTERISK_USERNAME' | 'ASTERISK_PASSWORD' | 'ASTERISK_APP'>
  clock: Clock
  /** Must not throw; a call that nobody serves is released by whoever took it. */
  onCall: (call: IncomingCall) => void
  /** An emergency call left through this Asterisk. */
  onEmergency?: (atMs: number) => void
  /** A running media thread (the browser's line shares it), or what to start one with. */
  media: MediaThread | { vadModule: string | null }
  /** For tests: do not ask Asterisk which transport it has. */
  transport?: TransportKind
}

/** Connects this process to Asterisk for ever: incoming calls arrive as lines, lost connections are mended. */
export async function connectTelephony(options: TelephonyOptions): Promise<Telephony> {
  const { env, clock, onCall } = options
  // the generated dialplan hands calls over by this name: `Stasis(ai-call,...)`
  const app = env.ASTERISK_APP
  const ownsMedia = 'vadModule' in options.media
  const media =
    'vadModule' in options.media
      ? await startMedia({
          vadModule: options.media.vadModule,
          audiosocket: { host: audiosocketHost(env.ASTERISK_ARI_URL), port: 0 },
        })
      : options.media
  const ari = connectAri({
    url: env.ASTERISK_ARI_URL,
    username: env.ASTERISK_USERNAME,
    password: env.ASTERISK_PASSWORD ?? '',
    app,
  })
  const lines = new Map<string, PhoneLine>()
  const channels = createChannels(ari, onStranger)
  const listeners = new Set<(state: TelephonyState) => void>()
  let transport: TransportKind | null = options.transport ?? null
  let isDraining = false
  let reconciling: Promise<void> = Promise.resolve()
  let stopLookingAgain = () => {}
  let trouble: string | null = null

  const stopWatching = options.onEmergency ? watchEmergencies(ari, options.onEmergency) : () => {}

  function onStranger(event: StasisStart): void {
    const { channel, args } = event
    if (channels.isOurs(channel.id) || isMediaChannel(channel)) {
      void channels.hangUp(channel.id)
      return
    }
    const line = createPhoneLine({
      ari,
      channels,
      media,
      transport: () => transport ?? 'websocket',
      ownAddress: () => ari.localAddress ?? '127.0.0.1',
      clock,
      channel,
      onCleared: () => lines.delete(channel.id),
    })
    lines.set(channel.id, line)
    if (isDraining) {
      void line.release()
      return
    }
    onCall({
      line,
      id: channel.id,
      callerNumber: channel.caller.number,
      callerName: channel.caller.name,
      calledNumber: args[0] || channel.dialplan.exten,
      channelName: channel.name,
    })
  }

  async function reconcile(): Promise<void> {
    transport = options.transport ?? (await findTransport(ari))
    await channels.endDoomed()
    const beforeMs = performance.now()
    const present = await readPresent(ari)
    channels.compare([...present.channels.values()], beforeMs)
    // channels that were being made while the connection broke are looked at once more
    stopLookingAgain()
    stopLookingAgain = clock.after(settleMs + 500, () => void lookAgain())
    for (const channel of present.held) {
      // rang while nobody was connected, or was left ringing by an agent that died
      const isCaller = !channels.isOurs(channel.id) && !isMediaChannel(channel)
      if (!isCaller || channels.has(channel.id) || channel.state === 'Up') continue
      const number = await ari
        .call('GET /channels/{channelId}/variable', { channelId: channel.id, variable: 'AICALL_NUMBER' })
        .catch(() => null)
      if (number && !channels.has(channel.id)) {
        onStranger({ type: 'StasisStart', application: app, args: [number.value], channel })
      }
    }
    for (const { people, bridge } of present.talking) {
      adopt(
        people.map(person => person.id),
        bridge.id,
      )
    }
    const { released } = await releaseHeld(ari, {
      isOurs: channels.isOurs,
      isSpared: id => channels.has(id) || channels.isMine(id),
      isCurrent: () => ari.state === 'connected',
    })
    if (released > 0) log.warn({ released }, 'callers of an agent that died were given to the dialplan')
  }

  async function lookAgain(): Promise<void> {
    if (ari.state !== 'connected') return
    const beforeMs = performance.now()
    await ari.call('GET /channels', {}).then(
      present => channels.compare(present, beforeMs),
      () => {},
    )
  }

  /** People who talk although their agent died: when one hangs up, the other is let go too. */
  function adopt(people: string[], bridgeId: string): void {
    if (people.some(id => channels.has(id))) return
    for (const channelId of people) {
      channels.watch(channelId, {
        onGone() {
          for (const other of people) if (other !== channelId) void channels.hangUp(other)
          void channels.removeBridge(bridgeId)
        },
      })
      void ari
        .call('POST /applications/{applicationName}/subscription', {
          applicationName: app,
          eventSource: `channel:${channelId}`,
        })
        .catch(() => {})
    }
  }

  function tell(): void {
    const state = status()
    for (const listener of listeners) listener(state)
  }

  function status(): TelephonyState {
    return {
      isConnected: ari.state === 'connected',
      state: ari.state,
      trouble: ari.trouble ?? trouble,
      transport,
      calls: lines.size,
    }
  }

  ari.onState((state, why) => {
    if (state === 'connected') {
      trouble = null
      log.info({ app }, 'Asterisk is connected')
      reconciling = reconcile().catch((error: unknown) => {
        trouble = error instanceof Error ? error.message : String(error)
        log.error({ err: error }, 'what Asterisk holds could not be compared')
        tell()
      })
    } else if (state !== 'closed') log.warn({ state }, why ?? 'Asterisk is not connected')
    tell()
  })

  return {
    media,
    ari,
    status,
    connected: () => ari.connected(),
    onState(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async drain(deadlineMs) {
      isDraining = true
      const waiting = () => [...lines.values()].filter(line => !line.isJoined)
      const { promise: late, resolve } = Promise.withResolvers<void>()
      const cancel = clock.after(deadlineMs, resolve)
      await Promise.race([Promise.all(waiting().map(line => line.cleared)), late])
      cancel()
      await Promise.all(waiting().map(line => line.release()))
    },
    async close() {
      stopWatching()
      stopLookingAgain()
      await ari.close()
      await reconciling
      if (ownsMedia) await media.close()
    },
  }
}

/** chan_websocket where it is loaded, AudioSocket otherwise: the module says so, not the version. */
export async function findTransport(ari: Pick<Ari, 'call'>): Promise<TransportKind> {
  try {
    const module = await ari.call('GET /asterisk/modules/{moduleName}', { moduleName: 'chan_websocket.so' })
    return module.status === 'Running' ? 'websocket' : 'audiosocket'
  } catch {
    return 'audiosocket'
  }
}

/** AudioSocket has no password: with Asterisk on this machine nobody else can knock. */
function audiosocketHost(ariUrl: string): string {
  const { hostname } = new URL(ariUrl)
  return ['localhost', '127.0.0.1', '[::1]'].includes(hostname) ? '127.0.0.1' : '0.0.0.0'
}

import { randomUUID } from 'node:crypto'
import { type Ari, AriError } from './ari/client.ts'
import type { Channels } from './channels.ts'
import type { LegMessage, MediaHandle, MediaThread } from './media/client.ts'
import type { Transport } from './media/protocol.ts'

export type TransportKind = 'websocket' | 'audiosocket'

export type MouthOptions = {
  ari: Ari
  channels: Channels
  media: MediaThread
  /** Asked for each connection: a restarted Asterisk may have other modules. */
  transport: () => TransportKind
  /** Where Asterisk reaches the media thread's AudioSocket port. */
  ownAddress: () => string
}

/** Our own voice in a bridge: a media channel, and the leg of the media thread behind it. */
export type Mouth = {
  readonly bridgeId: string
  readonly handle: MediaHandle
  addChannel(channelId: string): Promise<void>
  removeChannel(channelId: string): Promise<void>
  /** Leaves the bridge to the people in it. */
  leave(): Promise<void>
  /** Never rejects; safe to call at any time, more than once. */
  close(): Promise<void>
}

const connectTimeoutMs = 4_000
const mostReattachments = 3

/**
 * Makes a bridge with our media channel in it. When the media connection is lost it is made again (the caller stays in the
 * bridge and hears a short gap); `onLost` is told when that does not help.
 */
export async function openMouth(
  { ari, channels, media, transport, ownAddress }: MouthOptions,
  {
    hears,
    listener,
    onLost,
  }: { hears: boolean; listener: (message: LegMessage) => void; onLost: (reason: string) => void },
): Promise<Mouth> {
  const bridgeId = channels.newId('bridge')
  let channelId: string | null = null
  let isClosed = false
  let isLeaving = false
  let attachments = 0
  /** The first attachment has its own end; only what worked once can be lost. */
  let wasAttached = false
  let mending: Promise<void> | null = null

  const handle = media.leg(message => {
    if (message.type !== 'closed') return listener(message)
    if (!message.isExpected) lost(message.reason)
  })

  function lost(reason: string): void {
    if (!wasAttached || isClosed || isLeaving || mending) return
    mending = (async () => {
      let why = reason
      while (!isClosed && !isLeaving) {
        if (++attachments > mostReattachments) return onLost(why)
        try {
          await dropChannel()
          await attach()
          return
        } catch (error) {
          why = error instanceof Error ? error.message : String(error)
          await dropChannel()
          await new Promise(resolve => setTimeout(resolve, 200 * attachments))
        }
      }
    })().finally(() => {
      mending = null
    })
  }

  async function dropChannel(): Promise<void> {
    const old = channelId
    channelId = null
    if (old) await channels.hangUp(old)
  }

  async function attach(): Promise<void> {
    const id = channels.newId('media')
    channelId = id
    const started = new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('The media channel did not start.')), connectTimeoutMs)
      channels.watch(id, {
        onStart() {
          clearTimeout(timer)
          resolve()
        },
        onGone() {
          clearTimeout(timer)
          reject(new Error('The media channel ended.'))
          if (channelId === id) lost('The media channel ended.')
        },
      })
    })
    started.catch(() => {})
    const opened = await createChannel(id)
    await Promise.all([started, handle.open(opened, { hears, connectTimeoutMs })])
    if (isClosed || isLeaving) return dropChannel()
    await ari.call('POST /bridges/{bridgeId}/addChannel', { bridgeId, channel: id })
  }

  async function createChannel(id: string): Promise<Transport> {
    if (transport() === 'websocket') {
      const channel = await ari.call('POST /channels/externalMedia', {
        channelId: id,
        app: ari.app,
        external_host: 'INCOMING',
        transport: 'websocket',
        encapsulation: 'none',
        connection_type: 'server',
        format: 'slin16',
        transport_data: 'f(json)',
      })
      const connection =
        channel.channelvars?.MEDIA_WEBSOCKET_CONNECTION_ID ??
        (
          await ari.call('GET /channels/{channelId}/variable', {
            channelId: id,
            variable: 'MEDIA_WEBSOCKET_CONNECTION_ID',
          })
        ).value
      return { kind: 'websocket', url: ari.mediaUrl(String(connection)), authorization: ari.authorization }
    }
    const uuid = randomUUID()
    await ari.call('POST /channels/externalMedia', {
      channelId: id,
      app: ari.app,
      external_host: `${ownAddress()}:${media.audiosocketPort}`,
      transport: 'tcp',
      encapsulation: 'audiosocket',
      format: 'slin',
      data: uuid,
    })
    return { kind: 'audiosocket', uuid }
  }

  const mouth: Mouth = {
    bridgeId,
    handle,
    async addChannel(id) {
      await ari.call('POST /bridges/{bridgeId}/addChannel', { bridgeId, channel: id })
    },
    async removeChannel(id) {
      await quietly(ari.call('POST /bridges/{bridgeId}/removeChannel', { bridgeId, channel: id }))
    },
    async leave() {
      isLeaving = true
      await Promise.all([dropChannel(), handle.close()])
    },
    async close() {
      if (isClosed) return
      isClosed = true
      await Promise.all([dropChannel(), handle.close()])
      await channels.removeBridge(bridgeId)
    },
  }

  try {
    await ari.call('POST /bridges', { bridgeId, type: 'mixing,dtmf_events', name: `${ari.app} call` })
    await attach()
    wasAttached = true
    return mouth
  } catch (error) {
    await mouth.close()
    throw error
  }
}

/** For ends: a channel or bridge that is already gone is what was wanted. */
export async function quietly(work: Promise<unknown>): Promise<void> {
  try {
    await work
  } catch (error) {
    if (!(error instanceof AriError)) throw error
  }
}

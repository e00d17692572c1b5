import type { Bridge, Channel } from './ari/ari.generated.ts'
import type { Ari } from './ari/client.ts'
import { quietly } from './mouth.ts'
import { namesOf } from './names.ts'

/** Channels that carry our own audio, not a person's. */
export function isMediaChannel(channel: Pick<Channel, 'name'>): boolean {
  return /^(WebSocket|AudioSocket|UnicastRTP|Snoop)\//.test(channel.name)
}

export type Present = {
  channels: Map<string, Channel>
  bridges: Bridge[]
  /** Channels that our application holds. */
  held: Channel[]
  /** Bridges in which people talk to each other: nobody but they end those calls. */
  talking: { bridge: Bridge; people: Channel[] }[]
}

/** Everything of ours that Asterisk has now. */
export async function readPresent(ari: Pick<Ari, 'call' | 'app'>): Promise<Present> {
  const [all, bridges, application] = await Promise.all([
    ari.call('GET /channels', {}),
    ari.call('GET /bridges', {}),
    ari.call('GET /applications/{applicationName}', { applicationName: ari.app }),
  ])
  const channels = new Map(all.map(channel => [channel.id, channel]))
  const held = application.channel_ids.flatMap(id => channels.get(id) ?? [])
  const ours = bridges.filter(bridge => bridge.name === `${ari.app} call`)
  const talking = ours.flatMap(bridge => {
    const people = bridge.channels
      .flatMap(id => channels.get(id) ?? [])
      .filter(channel => !isMediaChannel(channel) && channel.state === 'Up')
    return people.length >= 2 ? [{ bridge, people }] : []
  })
  return { channels, bridges: ours, held, talking }
}

/**
 * Moves every caller who waits for an assistant that does not answer to the dialplan's fallback. Calls that people have
 * taken are left alone. `isOurs` tells channels that an agent made (media, rung legs) from callers.
 */
export async function releaseHeld(
  ari: Pick<Ari, 'call' | 'app'>,
  {
    isOurs,
    isSpared = () => false,
    isCurrent = () => true,
  }: {
    isOurs: (id: string) => boolean
    /** Channels and bridges of calls that run. */
    isSpared?: (id: string) => boolean
    /** False when somebody else answers for these calls by now: nothing more is touched. */
    isCurrent?: () => boolean
  },
): Promise<{ released: number; talking: number }> {
  const { held, bridges, talking } = await readPresent(ari)
  const inTalk = new Set(talking.flatMap(({ people }) => people.map(channel => channel.id)))
  const talkBridges = new Set(talking.map(({ bridge }) => bridge.id))
  let released = 0
  for (const channel of held) {
    const channelId = channel.id
    if (!isCurrent() || inTalk.has(channelId) || isSpared(channelId)) continue
    if (isMediaChannel(channel) || isOurs(channelId)) {
      if (!bridges.some(bridge => talkBridges.has(bridge.id) && bridge.channels.includes(channelId))) {
        await quietly(ari.call('DELETE /channels/{channelId}', { channelId }))
      }
      continue
    }
    for (const bridge of bridges) {
      if (!bridge.channels.includes(channelId)) continue
      await quietly(ari.call('POST /bridges/{bridgeId}/removeChannel', { bridgeId: bridge.id, channel: channelId }))
    }
    await quietly(
      ari.call('POST /channels/{channelId}/continue', {
        channelId,
        context: namesOf(ari.app).fallback,
        extension: 's',
        priority: 1,
      }),
    )
    released++
  }
  for (const bridge of bridges) {
    if (!isCurrent() || talkBridges.has(bridge.id) || isSpared(bridge.id) || bridge.channels.some(isSpared)) continue
    await quietly(ari.call('DELETE /bridges/{bridgeId}', { bridgeId: bridge.id }))
  }
  return { released, talking: talking.length }
}

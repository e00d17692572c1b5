import type { Env } from '#lib/env.ts'
import { connectAri } from './ari/client.ts'
import { createChannels } from './channels.ts'
import { findTransport } from './index.ts'
import { startMedia } from './media/client.ts'
import { renderTone } from './media/tone.ts'
import { openMouth } from './mouth.ts'
import { namesOf } from './names.ts'

const patienceMs = 8_000

/**
 * A call from this service through Asterisk back to itself: a tone goes out over the media connection, through a bridge and
 * the dialplan's echo, and must be heard again. Rejects with a sentence.
 */
export async function callItself(
  env: Pick<Env, 'ASTERISK_ARI_URL' | 'ASTERISK_USERNAME' | 'ASTERISK_PASSWORD' | 'ASTERISK_APP'>,
): Promise<{ transport: string; setUpMs: number; loopMs: number }> {
  // the generated dialplan's own echo: what is said there comes back
  const { doctor } = namesOf(env.ASTERISK_APP)
  const app = `${doctor}-${process.pid}`
  const ari = connectAri({
    url: env.ASTERISK_ARI_URL,
    username: env.ASTERISK_USERNAME,
    password: env.ASTERISK_PASSWORD ?? '',
    app,
  })
  const late = setTimeout(() => heard.reject(new Error('The tone did not come back.')), patienceMs)
  const heard = Promise.withResolvers<number>()
  heard.promise.catch(() => {})
  try {
    await Promise.race([ari.connected(), heard.promise])
    const transport = await findTransport(ari)
    const media = await startMedia({
      vadModule: null,
      audiosocket: { host: isLocal(env.ASTERISK_ARI_URL) ? '127.0.0.1' : '0.0.0.0', port: 0 },
    })
    const channels = createChannels(ari, () => {})
    const channelId = channels.newId('echo')
    const begunMs = performance.now()
    let playedMs = 0
    const mouth = await openMouth(
      { ari, channels, media, transport: () => transport, ownAddress: () => ari.localAddress ?? '127.0.0.1' },
      {
        hears: true,
        onLost: reason => heard.reject(new Error(reason)),
        listener(message) {
          if (message.type === 'playback_started') playedMs = message.epochMs
          if (message.type === 'speech_started') heard.resolve(message.epochMs - playedMs)
        },
      },
    )
    try {
      const started = new Promise<void>((resolve, reject) => {
        channels.watch(channelId, {
          onStart: () => resolve(),
          onGone: () => reject(new Error(`The dialplan has no ${doctor}: run npm run asterisk-config.`)),
        })
      })
      started.catch(() => {})
      await ari.call('POST /channels', { endpoint: `Local/echo@${doctor}/n`, app, channelId, timeout: 5 })
      await Promise.race([started, heard.promise])
      await mouth.addChannel(channelId)
      const setUpMs = Math.round(performance.now() - begunMs)
      mouth.handle.play(1, renderTone([700], 1_500, 0.4))
      const loopMs = Math.round(await heard.promise)
      return { transport, setUpMs, loopMs }
    } finally {
      await channels.hangUp(channelId)
      await mouth.close()
      await media.close()
    }
  } finally {
    clearTimeout(late)
    await ari.close()
  }
}

const isLocal = (url: string) => ['localhost', '127.0.0.1', '[::1]'].includes(new URL(url).hostname)

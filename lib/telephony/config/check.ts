import type { Env } from '#lib/env.ts'
import type { Operations } from '../ari/ari.generated.ts'
import { connectAri } from '../ari/client.ts'
import { type AriAccess, AriError, requestAri } from '../ari/request.ts'
import { namesOf } from '../names.ts'

/** One thing that was looked at. `isFine: null` is neither good nor bad, only worth knowing. */
export type Finding = { what: string; isFine: boolean | null; say: string }

type Access = Pick<Env, 'ASTERISK_ARI_URL' | 'ASTERISK_USERNAME' | 'ASTERISK_PASSWORD' | 'ASTERISK_APP'>

const needed = {
  'res_pjsip.so': 'SIP telephones and trunks',
  'chan_pjsip.so': 'SIP telephones and trunks',
  'res_rtp_asterisk.so': 'sound over RTP',
  'app_stasis.so': 'handing calls to this service',
  'res_stasis_answer.so': 'answering calls',
  'res_ari_channels.so': 'steering calls',
  'res_ari_bridges.so': 'joining calls',
  'bridge_simple.so': 'joining two people',
  'bridge_softmix.so': 'joining more than two',
  'codec_resample.so': 'changing sampling rates',
}

/** Looks at a running Asterisk over ARI: reachable, modules, dialplan, telephones, and whether the voice process is connected. */
export async function checkAsterisk(env: Access): Promise<Finding[]> {
  if (!env.ASTERISK_PASSWORD) {
    return [
      {
        what: 'Asterisk',
        isFine: null,
        say: 'Not configured: run npm run asterisk-config and set ASTERISK_PASSWORD to connect a telephone.',
      },
    ]
  }
  const access = {
    url: env.ASTERISK_ARI_URL,
    username: env.ASTERISK_USERNAME,
    password: env.ASTERISK_PASSWORD,
    timeoutMs: 4_000,
  }
  const ask = <Name extends keyof Operations>(name: Name, parameters: Operations[Name]['parameters']) =>
    requestAri(access, name, parameters)
  try {
    const info = await ask('GET /asterisk/info', {})
    const reached: Finding = {
      what: 'Asterisk',
      isFine: true,
      say: `${info.system?.version ?? 'An unknown version'} answers at ${env.ASTERISK_ARI_URL}.`,
    }
    const found = await Promise.all([
      modules(ask),
      media(ask),
      dialplan(access, env.ASTERISK_APP),
      telephones(ask, env.ASTERISK_APP),
      agent(ask, env.ASTERISK_APP),
    ])
    return [reached, ...found.flat()]
  } catch (error) {
    return [{ what: 'Asterisk', isFine: false, say: unreachable(error, env) }]
  }
}

type Ask = <Name extends keyof Operations>(
  name: Name,
  parameters: Operations[Name]['parameters'],
) => Promise<Operations[Name]['result']>

function unreachable(error: unknown, { ASTERISK_ARI_URL, ASTERISK_USERNAME }: Access): string {
  const status = error instanceof AriError ? error.status : 0
  if (status === 401 || status === 403) {
    return `Asterisk refuses ${ASTERISK_USERNAME}: ASTERISK_PASSWORD must be the password in ari.conf.`
  }
  if (status === 404) return `${ASTERISK_ARI_URL} answers without ARI: load res_ari, or correct ASTERISK_ARI_URL.`
  return `Nothing answers at ${ASTERISK_ARI_URL}: start Asterisk, enable http.conf, or correct ASTERISK_HOST and ASTERISK_ARI_URL.`
}

async function isRunning(ask: Ask, moduleName: string): Promise<boolean> {
  try {
    return (await ask('GET /asterisk/modules/{moduleName}', { moduleName })).status === 'Running'
  } catch (error) {
    if (error instanceof AriError && (error.status === 404 || error.status === 409)) return false
    throw error
  }
}

async function modules(ask: Ask): Promise<Finding[]> {
  const names = Object.keys(needed) as (keyof typeof needed)[]
  const states = await Promise.all(names.map(async name => [name, await isRunning(ask, name)] as const))
  const missing = states.filter(([, runs]) => !runs).map(([name]) => name)
  if (missing.length === 0) return [{ what: 'Modules', isFine: true, say: 'Everything that calls need is loaded.' }]
  return missing.map(name => ({
    what: 'Modules',
    isFine: false,
    say: `${name} is not loaded (${needed[name]}): add "load = ${name}" to modules.conf.`,
  }))
}

async function media(ask: Ask): Promise<Finding> {
  const [hasWebsocket, hasAudiosocket] = await Promise.all([
    isRunning(ask, 'chan_websocket.so'),
    isRunning(ask, 'chan_audiosocket.so'),
  ])
  if (hasWebsocket) return { what: 'Sound', isFine: true, say: 'chan_websocket carries it, 16 kHz.' }
  if (hasAudiosocket) return { what: 'Sound', isFine: true, say: 'AudioSocket carries it, 8 kHz.' }
  return {
    what: 'Sound',
    isFine: false,
    say: 'Neither chan_websocket (Asterisk 22.6) nor chan_audiosocket (Asterisk 18) is loaded: add one to modules.conf.',
  }
}

/** Only a channel may ask the dialplan's functions: one is made for that and hung up again, nobody is rung. */
async function dialplan(access: AriAccess, ourApp: string): Promise<Finding> {
  const names = namesOf(ourApp)
  const app = `${ourApp}-check-${process.pid}`
  const channelId = `${app}-${Date.now()}`
  const ari = connectAri({ ...access, app })
  try {
    await ari.connected()
    await ari.call('POST /channels/create', { endpoint: `Local/s@${names.answer}/n`, app, channelId })
    for (const context of [names.answer, names.fallback]) {
      const variable = `DIALPLAN_EXISTS(${context},s,1)`
      const { value } = await ari.call('GET /channels/{channelId}/variable', { channelId, variable })
      if (value === '1') continue
      return {
        what: 'Dialplan',
        isFine: false,
        say: `The context ${context} is missing: run npm run asterisk-config and include its extensions.conf.`,
      }
    }
    return { what: 'Dialplan', isFine: true, say: 'Calls reach the assistant, and the fallback when it is away.' }
  } catch (error) {
    if (!(error instanceof AriError) || error.status === 0) throw error
    return { what: 'Dialplan', isFine: null, say: 'Asterisk cannot be asked: is func_dialplan loaded?' }
  } finally {
    await ari.call('DELETE /channels/{channelId}', { channelId }).catch(() => {})
    await ari.close()
  }
}

async function telephones(ask: Ask, app: string): Promise<Finding[]> {
  const endpoints = await ask('GET /endpoints/{tech}', { tech: 'PJSIP' }).catch(() => [])
  if (endpoints.length === 0) {
    return [{ what: 'Telephones', isFine: false, say: 'No SIP endpoint is configured: look at pjsip.conf.' }]
  }
  return endpoints.map(({ resource, state }) => ({
    what: resource === namesOf(app).trunk ? 'Trunk' : `Telephone ${resource}`,
    isFine: state === 'online' ? true : null,
    say: state === 'online' ? 'It is reachable.' : 'It is not registered or does not answer.',
  }))
}

async function agent(ask: Ask, applicationName: string): Promise<Finding> {
  try {
    await ask('GET /applications/{applicationName}', { applicationName })
    return { what: 'Assistant', isFine: true, say: 'The voice process is connected to Asterisk.' }
  } catch (error) {
    if (!(error instanceof AriError) || error.status !== 404) throw error
    return { what: 'Assistant', isFine: null, say: 'The voice process is not connected: calls go to the fallback.' }
  }
}

import { namesOf } from '../names.ts'
import type { PbxSettings } from './settings.ts'
import { heading, section } from './text.ts'

const retryS = 60
/** "Endless": Asterisk counts in 32 bits, and 0 means none at all. */
const endlessRetries = 4_000_000_000
/** Frees callers whose phone died, and is patient with those that are muted. */
const rtpTimeoutS = 120

const anyEndpoint = {
  disallow: 'all',
  allow: 'g722,alaw,ulaw',
  direct_media: 'no',
  rtp_symmetric: 'yes',
  force_rport: 'yes',
  rewrite_contact: 'yes',
  // RFC 4733 when the other side offers it, tones in the sound when it does not
  dtmf_mode: 'auto',
  send_connected_line: 'no',
  rtp_timeout: rtpTimeoutS,
  rtp_timeout_hold: 600,
  language: 'en',
}

/** pjsip.conf: transport, trunk, phones. */
export function pjsipConf(settings: PbxSettings): string {
  return [
    heading,
    ...transport(settings),
    ...trunk(settings),
    ...settings.phones.flatMap(one => phone(settings, one)),
  ].join('\n')
}

const transportOf = ({ app, sip }: PbxSettings) => sip.transport ?? namesOf(app).transport

function transport(settings: PbxSettings): string[] {
  const { sip } = settings
  if (sip.transport) return []
  const name = transportOf(settings)
  return [
    section(name, {
      type: 'transport',
      protocol: 'udp',
      bind: `${sip.bind}:${sip.port}`,
      external_signaling_address: sip.externalAddress,
      external_media_address: sip.externalAddress,
      ...(sip.externalAddress ? { local_net: sip.localNetworks[0] } : {}),
    }),
    ...(sip.externalAddress ? moreNetworks(name, sip.localNetworks.slice(1)) : []),
  ]
}

/** A setting that repeats cannot stand in an object: the rest of the networks are added to the transport. */
function moreNetworks(name: string, networks: readonly string[]): string[] {
  if (networks.length === 0) return []
  return [[`[${name}](+)`, ...networks.map(network => `local_net = ${network}`), ''].join('\n')]
}

function trunk(settings: PbxSettings): string[] {
  const { app, trunk } = settings
  if (!trunk) return []
  const { trunk: name, incoming } = namesOf(app)
  const transport = transportOf(settings)
  const address = trunk.port === 5060 ? trunk.host : `${trunk.host}:${trunk.port}`
  const endpoint = {
    type: 'endpoint',
    transport,
    ...anyEndpoint,
    context: incoming,
    aors: name,
    trust_id_inbound: 'yes',
    send_pai: 'yes',
  }
  const aor = section(name, { type: 'aor', contact: `sip:${address}`, qualify_frequency: 60 })
  if (trunk.kind === 'address') {
    const identify = [
      `[${name}]`,
      'type = identify',
      `endpoint = ${name}`,
      ...trunk.from.map(from => `match = ${from}`),
      '',
    ]
    return [section(name, endpoint), aor, identify.join('\n')]
  }
  const contactUser = trunk.kind === 'registration' ? (trunk.number ?? 's') : trunk.user
  return [
    section(name, {
      ...endpoint,
      outbound_auth: `${name}-auth`,
      from_user: trunk.user,
      from_domain: trunk.host,
    }),
    aor,
    section(`${name}-auth`, { type: 'auth', auth_type: 'userpass', username: trunk.user, password: trunk.password }),
    section(name, {
      type: 'registration',
      transport,
      outbound_auth: `${name}-auth`,
      server_uri: `sip:${address}`,
      client_uri: `sip:${trunk.user}@${address}`,
      contact_user: contactUser,
      expiration: 300,
      retry_interval: retryS,
      forbidden_retry_interval: 5 * retryS,
      fatal_retry_interval: 5 * retryS,
      max_retries: endlessRetries,
      auth_rejection_permanent: 'no',
      // the provider's calls are known by a token in our contact, whatever address they come from
      line: 'yes',
      endpoint: name,
    }),
    section(name, { type: 'identify', endpoint: name, match: trunk.host }),
  ]
}

function phone(settings: PbxSettings, { extension, password }: PbxSettings['phones'][number]): string[] {
  return [
    section(extension, {
      type: 'endpoint',
      transport: transportOf(settings),
      ...anyEndpoint,
      context: namesOf(settings.app).phones,
      aors: extension,
      auth: extension,
      callerid: `"Extension ${extension}" <${extension}>`,
      device_state_busy_at: 1,
    }),
    section(extension, { type: 'auth', auth_type: 'userpass', username: extension, password }),
    section(extension, {
      type: 'aor',
      max_contacts: 3,
      remove_existing: 'yes',
      remove_unavailable: 'yes',
      qualify_frequency: 30,
    }),
  ]
}

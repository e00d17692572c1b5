import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Ari, connectAri } from '#lib/telephony/ari/client.ts'
import { configurationFiles, parseSettings, type WrittenFile } from '#lib/telephony/config/index.ts'
import { fetchAsterisk } from './fetch.ts'
import { createInstance, type Instance } from './instance.ts'
import { createPeople, type People } from './people.ts'
import { takePlace } from './place.ts'

/** Two telephone systems on loopback: ours on the generator's files, unedited, and the world outside with its phones. */
export type World = {
  readonly pbx: Instance
  readonly outside: Instance
  readonly people: People
  /** What ASTERISK_* says in the tests. */
  readonly env: { ASTERISK_ARI_URL: string; ASTERISK_USERNAME: string; ASTERISK_PASSWORD: string; ASTERISK_APP: string }
  /** A spare connection to our PBX, to look at it and to disturb it. */
  readonly eye: Ari
  readonly folder: string
  /** Where our telephone system takes SIP. */
  readonly sipPort: number
  /** Channels, bridges that are there now: empty when nothing leaked. */
  leftovers(): Promise<string[]>
  /** How many calls two people talk on, with nobody else between them. */
  talking(): Promise<number>
  close(): Promise<void>
}

const ariUser = 'ai_service'
const ariPassword = 'secret-of-the-tests'
const phonePassword = 'hundred;with "odd\\ characters'

/** `index` keeps suites that run side by side apart; where another run is there already, its ports are others. */
export async function startWorld({ index: wanted = 0, fallbackPhone = null as string | null } = {}): Promise<World> {
  await fetchAsterisk()
  const place = await takePlace(wanted)
  const folder = await mkdtemp(join(tmpdir(), 'ai-call-asterisk-'))
  // Asterisk is somebody else and has to come by
  await chmod(folder, 0o711)
  const { sipPort: pbxSip, ariPort: pbxAri, rtpPort: rtp } = place
  const outsideSip = pbxSip + 10
  const settings = parseSettings({
    ari: { user: ariUser, password: ariPassword, port: pbxAri },
    sip: { bind: '127.0.0.1', port: pbxSip },
    rtp: { from: rtp, to: rtp + 198 },
    country: 'DE',
    trunk: { kind: 'address', host: '127.0.0.2', port: outsideSip, from: ['127.0.0.2'] },
    phones: [
      { extension: '100', password: phonePassword },
      { extension: '101', password: phonePassword },
    ],
    fallbackPhone,
  })
  const pbx = await createInstance({
    folder: join(folder, 'pbx'),
    ariPort: pbxAri,
    ariUser,
    ariPassword,
    files: configurationFiles(settings),
  })
  const outside = await createInstance({
    folder: join(folder, 'outside'),
    ariPort: pbxAri + 1,
    ariUser,
    ariPassword,
    files: outsideFiles({ pbxSip, outsideSip, ariPort: pbxAri + 1, rtp: rtp + 200 }),
  })
  await Promise.all([pbx.start(), outside.start()])
  const people = await createPeople({ url: outside.ariUrl, username: ariUser, password: ariPassword })
  const eye = connectAri({ url: pbx.ariUrl, username: ariUser, password: ariPassword, app: 'eye' })
  await eye.connected()
  await registered(pbx, ['100'])

  return {
    pbx,
    outside,
    people,
    eye,
    folder,
    sipPort: pbxSip,
    env: {
      ASTERISK_ARI_URL: pbx.ariUrl,
      ASTERISK_USERNAME: ariUser,
      ASTERISK_PASSWORD: ariPassword,
      ASTERISK_APP: settings.app,
    },
    async leftovers() {
      const [channels, bridges] = await Promise.all([eye.call('GET /channels', {}), eye.call('GET /bridges', {})])
      return [...channels.map(channel => channel.name), ...bridges.map(bridge => `bridge ${bridge.name}`)]
    },
    async talking() {
      const [channels, bridges] = await Promise.all([eye.call('GET /channels', {}), eye.call('GET /bridges', {})])
      const phones = new Set(channels.filter(({ name }) => name.startsWith('PJSIP/')).map(({ id }) => id))
      return bridges.filter(bridge => bridge.channels.filter(id => phones.has(id)).length === 2).length
    },
    async close() {
      await people.close()
      await eye.close()
      await Promise.all([pbx.stop('kill'), outside.stop('kill')])
      place.free()
      if (!process.env.KEEP_ASTERISK) await rm(folder, { recursive: true, force: true })
    },
  }
}

async function registered(pbx: Instance, phones: string[]): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    const contacts = await pbx.console('pjsip show contacts')
    if (phones.every(phone => contacts.includes(`${phone}/sip:`))) return
    await new Promise(resolve => setTimeout(resolve, 100))
  }
  throw new Error(`The phones did not register.\n${await pbx.log()}`)
}

function outsideFiles({
  pbxSip,
  outsideSip,
  ariPort,
  rtp,
}: {
  pbxSip: number
  outsideSip: number
  ariPort: number
  rtp: number
}): WrittenFile[] {
  const escaped = phonePassword.replace(/\\/g, '\\\\').replace(/;/g, '\\;')
  // The provider's side has address 127.0.0.2, the phone 127.0.0.3: our PBX tells them apart as it would in a house.
  const endpoint = (name: string, transport: string, dtmf: string) => `[${name}]
type=endpoint
transport=${transport}
context=from-pbx
disallow=all
allow=alaw,ulaw,g722
direct_media=no
aors=${name}
dtmf_mode=${dtmf}
send_pai=yes
trust_id_inbound=yes
[${name}]
type=aor
contact=sip:127.0.0.1:${pbxSip}
`
  const texts = {
    'http.conf': `[general]\nenabled=yes\nbindaddr=127.0.0.1\nbindport=${ariPort}\nsessionlimit=2000\n`,
    'ari.conf': `[general]\nenabled=yes\n[${ariUser}]\ntype=user\nread_only=no\npassword=${ariPassword}\n`,
    'rtp.conf': `[general]\nrtpstart=${rtp}\nrtpend=${rtp + 198}\nicesupport=no\n`,
    'pjsip.conf': `[trunk]
type=transport
protocol=udp
bind=127.0.0.2:${outsideSip}
[phone]
type=transport
protocol=udp
bind=127.0.0.3:${outsideSip + 1}
${endpoint('pbx', 'trunk', 'rfc4733')}${endpoint('pbx-info', 'trunk', 'info')}${endpoint('pbx-inband', 'trunk', 'inband')}[from-pbx]
type=identify
endpoint=pbx
match=127.0.0.1
[phone-auth]
type=auth
auth_type=userpass
username=100
password=${escaped}
[phone]
type=registration
transport=phone
outbound_auth=phone-auth
server_uri=sip:127.0.0.1:${pbxSip}
client_uri=sip:100@127.0.0.1:${pbxSip}
contact_user=100
expiration=120
retry_interval=2
max_retries=100000
[as-100]
type=endpoint
transport=phone
context=from-pbx
disallow=all
allow=alaw,ulaw
direct_media=no
aors=as-100
outbound_auth=phone-auth
from_user=100
[as-100]
type=aor
contact=sip:127.0.0.1:${pbxSip}
`,
    'extensions.conf': `[general]
static=yes
[from-pbx]
exten => _[0-9+*].,1,Stasis(people,\${EXTEN})
 same => n,Hangup()
`,
    'modules.conf': configurationFiles(
      parseSettings({ ari: { user: ariUser, password: ariPassword }, country: 'DE' }),
    ).find(file => file.name === 'modules.conf')!.text,
    'logger.conf': '[general]\n[logfiles]\nfull => notice,warning,error,dtmf\n',
  }
  return Object.entries(texts).map(([name, text]) => ({ name, text }))
}

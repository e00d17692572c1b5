// biome-ignore-all lint/suspicious/noTemplateCurlyInString: they are the dialplan's own variables
import '#lib/dotenv.ts'
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { Command, Option } from 'commander'
import { env } from '#lib/env.ts'
import {
  checkAsterisk,
  configurationFiles,
  existingGeneral,
  existingTransport,
  parseSettings,
  placeFiles,
} from '#lib/telephony/config/index.ts'
import { keepSecret } from '#lib/telephony/config/secrets.ts'
import { namesOf } from '#lib/telephony/names.ts'
import { Refusal, runProgram } from './program.ts'

const list = (text: string, before: string[] = []) => [...before, ...text.split(',').map(part => part.trim())]
const whole = (text: string) => Number(text)

const program = new Command('asterisk-config')
  .description('writes the configuration that connects Asterisk to this service, or checks a running Asterisk')
  .option('--to <folder>', "Asterisk's configuration folder; without it the files go to DATA_DIR/asterisk for copying")
  .option('--write', 'replace our own files that differ; files of others are never touched')
  .option('--check', 'compare a running Asterisk with what is needed, and write nothing')
  .addOption(new Option('--platform <name>').choices(['asterisk', 'freepbx']).default('asterisk'))
  .option('--country <code>', 'two letters, for emergency numbers', 'US')
  .addOption(new Option('--trunk <kind>').choices(['none', 'registration', 'address', 'fritzbox']).default('none'))
  .option('--trunk-host <host>', "the provider's registrar or the other telephone system")
  .option('--trunk-user <name>')
  .option('--trunk-password <text>', 'better in TRUNK_PASSWORD, where other users of this machine do not see it')
  .option('--trunk-number <number>', 'where the provider sends calls for')
  .option('--trunk-from <networks>', 'addresses from which calls of an address trunk come', list)
  .option('--phone <extension>', 'a telephone of the house; may be repeated', list)
  .option('--fallback-phone <extension>', 'rung when the assistant is away; voicemail follows')
  .option('--external-address <address>', 'the address the world sees, behind a router')
  .option('--local-network <networks>', 'networks that are not behind that router', list)
  .option('--sip-bind <address>', 'where telephones and trunks reach Asterisk', '0.0.0.0')
  .option('--sip-transport <name>', 'a transport of your pjsip.conf to use; one on ASTERISK_PORT is found by itself')
  .option('--ari-bind <address>', 'where this service reaches Asterisk')
  .option('--ari-permit <networks>', 'who may use ARI when it is not on loopback', list)
  .option('--rtp-from <port>', 'first port of sound', whole, 10_000)
  .option('--rtp-to <port>', 'last port of sound', whole, 20_000)

type Given = {
  to?: string
  write?: true
  check?: true
  platform: string
  country: string
  trunk: 'none' | 'registration' | 'address' | 'fritzbox'
  trunkHost?: string
  trunkUser?: string
  trunkPassword?: string
  trunkNumber?: string
  trunkFrom?: string[]
  phone?: string[]
  fallbackPhone?: string
  externalAddress?: string
  localNetwork?: string[]
  sipBind: string
  sipTransport?: string
  ariBind?: string
  ariPermit?: string[]
  rtpFrom: number
  rtpTo: number
}

program.action(async (given: Given) => {
  if (given.check) {
    const findings = await checkAsterisk(env())
    for (const { isFine, what, say } of findings)
      console.log(`${isFine === false ? '✗' : isFine ? '✓' : '·'} ${what}: ${say}`)
    process.exitCode = findings.some(({ isFine }) => isFine === false) ? 1 : 0
    return
  }
  const folder = given.to ?? join(env().DATA_DIR, 'asterisk')
  const transport = given.sipTransport ?? (await findTransport(folder))
  const settings = readSettings(await gather(given, transport))
  const theirs = await existingGeneral(folder, settings.app)
  const { written, same, differing, includes } = await placeFiles(folder, configurationFiles(settings, theirs), {
    replacesOwn: given.write === true,
  })
  for (const name of written) console.log(`wrote    ${join(folder, name)}`)
  for (const name of same) console.log(`as it is ${join(folder, name)}`)
  for (const { name, diff } of differing) {
    console.log(`\nkept     ${join(folder, name)}, which differs (--write replaces it):\n${diff}`)
  }
  if (includes.length > 0) {
    console.log('\nThese files are yours and stay as they are. Add at the end of each:')
    for (const { name, lines } of includes) {
      for (const line of lines) console.log(`  ${join(folder, name)}:  ${line}`)
    }
  }
  const port = theirs['http.conf']?.bindport
  if (port && Number(port) !== settings.ari.port) {
    console.log(`\nYour http.conf has port ${port}: set ASTERISK_ARI_URL to it, for example http://localhost:${port}`)
  }
  console.log(`\n${nextSteps(given, settings.phones)}`)
  if (differing.length > 0) process.exitCode = 1
})

/** What is there already on the port that we would take. */
async function findTransport(folder: string): Promise<string | null> {
  const { ASTERISK_PORT, ASTERISK_APP } = env()
  const found = await existingTransport(folder, ASTERISK_PORT, ASTERISK_APP)
  if (found) console.log(`uses     the transport ${found} of your pjsip.conf, which has port ${ASTERISK_PORT}`)
  return found
}

/** Settings from the command line, .env and the secrets that were made before. */
async function gather(given: Given, transport: string | null): Promise<unknown> {
  const { DATA_DIR, ASTERISK_USERNAME, ASTERISK_PASSWORD, ASTERISK_ARI_URL, ASTERISK_PORT, ASTERISK_APP } = env()
  const ariHost = new URL(ASTERISK_ARI_URL)
  const isLocal = ['localhost', '127.0.0.1', '[::1]'].includes(ariHost.hostname)
  const phones = given.phone ?? ['100']
  const secretsFile = join(DATA_DIR, 'asterisk-secrets.json')
  const make = () => randomBytes(18).toString('base64url')
  return {
    platform: given.platform,
    app: ASTERISK_APP,
    country: given.country.toUpperCase(),
    ari: {
      user: ASTERISK_USERNAME,
      password: ASTERISK_PASSWORD ?? (await keepSecret(secretsFile, 'ari', make)),
      bind: given.ariBind ?? (isLocal ? '127.0.0.1' : '0.0.0.0'),
      port: Number(ariHost.port || (ariHost.protocol === 'https:' ? 443 : 80)),
      permit: given.ariPermit ?? [],
    },
    sip: {
      bind: given.sipBind,
      port: ASTERISK_PORT,
      ...(transport && { transport }),
      ...(given.externalAddress && { externalAddress: given.externalAddress }),
      ...(given.localNetwork && { localNetworks: given.localNetwork }),
    },
    rtp: { from: given.rtpFrom, to: given.rtpTo },
    trunk: trunkOf(given),
    phones: await Promise.all(
      phones.map(async extension => ({
        extension,
        password: await keepSecret(secretsFile, `phone-${extension}`, make),
      })),
    ),
    fallbackPhone: given.fallbackPhone ?? null,
  }
}

function readSettings(wanted: unknown) {
  try {
    return parseSettings(wanted)
  } catch (error) {
    throw new Refusal(error instanceof Error ? error.message : String(error))
  }
}

function trunkOf(given: Given): unknown {
  if (given.trunk === 'none') return null
  const password = given.trunkPassword ?? process.env.TRUNK_PASSWORD
  const [host, port] = (given.trunkHost ?? '').split(':')
  return {
    kind: given.trunk,
    ...(host && { host }),
    ...(port && { port: Number(port) }),
    ...(given.trunkUser && { user: given.trunkUser }),
    ...(password && { password }),
    ...(given.trunkNumber && { number: given.trunkNumber }),
    ...(given.trunkFrom && { from: given.trunkFrom }),
  }
}

function nextSteps(given: Given, phones: readonly { extension: string; password: string }[]): string {
  const { ASTERISK_PASSWORD, ASTERISK_APP, DATA_DIR } = env()
  const steps: string[] = []
  if (!given.to)
    steps.push("Copy what is new to Asterisk's configuration folder (often /etc/asterisk), keeping the mode 0640.")
  if (!ASTERISK_PASSWORD) {
    steps.push(`Put ASTERISK_PASSWORD into .env: it is "ari" in ${join(DATA_DIR, 'asterisk-secrets.json')}.`)
  }
  if (given.platform === 'freepbx') {
    steps.push(
      'In FreePBX: enable the HTTP server and ARI under Advanced Settings, then make a Custom Destination "' +
        `${namesOf(ASTERISK_APP).incoming},\${EXTEN},1" and send an inbound route to it.`,
    )
  } else {
    for (const { extension } of phones) {
      steps.push(`Telephone ${extension}: user ${extension}, its password is "phone-${extension}" in the same file.`)
    }
  }
  steps.push('Restart Asterisk, then run: npm run asterisk-config -- --check')
  return steps.map((step, index) => `${index + 1}. ${step}`).join('\n')
}

await runProgram(program)

import { z } from 'zod'
import { asteriskApp } from '#lib/env.ts'
import { emergencyNumbers } from './emergency.ts'

const host = z.string().regex(/^[A-Za-z0-9._:[\]-]{1,253}$/, 'must be a host name or an address')
const word = z.string().regex(/^[A-Za-z0-9._+@-]{1,128}$/, 'may hold letters, digits and . _ + @ -')
const extension = z.string().regex(/^[0-9]{1,10}$/, 'must be one to ten digits')
const port = z.number().int().min(1).max(65_535)
/** A line break would begin a setting of its own. */
const secret = z.string().regex(/^[\x20-\x7e]{8,128}$/, 'must be 8 to 128 printable characters')
const network = z
  .string()
  .regex(/^[0-9a-fA-F.:]+(\/[0-9.]+)?$/, 'must be an address or a network such as 192.168.0.0/16')

const Trunk = z.discriminatedUnion('kind', [
  /** A provider that knows us by user name and password. */
  z.object({
    kind: z.literal('registration'),
    host,
    port: port.default(5060),
    user: word,
    password: secret,
    /** Where the provider sends calls for; without it they come to `s` and the To header names the number. */
    number: word.optional(),
  }),
  /** A provider or another telephone system that knows us by our address. */
  z.object({ kind: z.literal('address'), host, port: port.default(5060), from: z.array(network).min(1) }),
  /** An IP telephone of a FRITZ!Box. */
  z.object({
    kind: z.literal('fritzbox'),
    host: host.default('fritz.box'),
    port: port.default(5060),
    user: word,
    password: secret,
  }),
])

/** Everything that the written configuration depends on. */
export const PbxSettings = z
  .object({
    /** FreePBX writes the PBX's own files itself: only our dialplan and the ARI user are added to it. */
    platform: z.enum(['asterisk', 'freepbx']).default('asterisk'),
    /** What everything of ours begins with. */
    app: asteriskApp,
    ari: z.object({
      user: word,
      password: secret,
      bind: host.default('127.0.0.1'),
      port: port.default(8088),
      /** Who may come in when ARI is not on loopback. */
      permit: z.array(network).default([]),
    }),
    sip: z
      .object({
        bind: host.default('0.0.0.0'),
        port: port.default(5060),
        /** A transport that pjsip.conf has already; without it one of our own is written. */
        transport: z
          .string()
          .regex(/^[A-Za-z0-9._-]{1,64}$/, 'must be the name of a section')
          .optional(),
        /** What the world sees us as, behind a router that translates addresses. */
        externalAddress: host.optional(),
        localNetworks: z.array(network).default(['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16']),
      })
      .prefault({}),
    rtp: z.object({ from: port.default(10_000), to: port.default(20_000) }).prefault({}),
    country: z.string().regex(/^[A-Z]{2}$/, 'must be two letters such as DE'),
    trunk: Trunk.nullable().default(null),
    phones: z.array(z.object({ extension, password: secret })).default([]),
    /** Rung when the assistant is away; after it, and without it, plain voicemail. */
    fallbackPhone: extension.nullable().default(null),
  })
  .superRefine((settings, context) => {
    const complain = (path: (string | number)[], message: string) => context.addIssue({ code: 'custom', path, message })
    if (settings.ari.bind !== '127.0.0.1' && settings.ari.bind !== '::1' && settings.ari.permit.length === 0) {
      complain(['ari', 'permit'], 'must name who may connect, because ARI is not bound to loopback')
    }
    if (settings.rtp.to <= settings.rtp.from) complain(['rtp', 'to'], 'must be above the first port')
    const emergency = emergencyNumbers(settings.country)
    for (const [index, phone] of settings.phones.entries()) {
      if (emergency.includes(phone.extension)) {
        complain(['phones', index, 'extension'], `is an emergency number in ${settings.country}`)
      }
    }
    const known = settings.phones.some(phone => phone.extension === settings.fallbackPhone)
    if (settings.platform === 'asterisk' && settings.fallbackPhone !== null && !known) {
      complain(['fallbackPhone'], 'must be one of the phones')
    }
  })

export type PbxSettings = z.output<typeof PbxSettings>

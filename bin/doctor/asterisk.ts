import { env } from '#lib/env.ts'
import { checkAsterisk } from '#lib/telephony/config/index.ts'
import { callItself } from '#lib/telephony/self-call.ts'
import { askSip } from '#lib/telephony/sip-options.ts'
import type { Finding } from '../doctor.ts'

/** Asterisk as the doctor sees it: reachable, complete, and a call through it back to ourselves. */
export async function lookAtAsterisk(): Promise<Finding[]> {
  const settings = env()
  const findings = await checkAsterisk(settings)
  if (!settings.isAsteriskConfigured || findings.some(({ what, isFine }) => what === 'Asterisk' && isFine === false)) {
    return findings
  }
  return [...findings, await lookAtSip(settings.ASTERISK_HOST, settings.ASTERISK_PORT), await lookAtLoop()]
}

async function lookAtSip(host: string, port: number): Promise<Finding> {
  const answer = await askSip(host, port)
  return answer
    ? { what: 'SIP', isFine: true, say: `${host}:${port} answers.` }
    : {
        what: 'SIP',
        isFine: false,
        say: `${host}:${port} does not answer over UDP: correct ASTERISK_PORT, pjsip.conf or the firewall.`,
      }
}

async function lookAtLoop(): Promise<Finding> {
  try {
    const { transport, setUpMs, loopMs } = await callItself(env())
    return {
      what: 'Own call',
      isFine: true,
      say: `A tone came back through Asterisk after ${loopMs} ms (${transport}, set up in ${setUpMs} ms).`,
    }
  } catch (error) {
    return { what: 'Own call', isFine: false, say: error instanceof Error ? error.message : String(error) }
  }
}

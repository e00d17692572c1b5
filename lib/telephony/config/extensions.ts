// biome-ignore-all lint/suspicious/noTemplateCurlyInString: they are the dialplan's own variables

import { namesOf } from '../names.ts'
import { emergencyNumbers } from './emergency.ts'
import type { PbxSettings } from './settings.ts'
import { context, extension, heading } from './text.ts'

/** The dialplan's own end of a call that the assistant has, seconds: an agent that dies cannot hold a caller for ever. */
const longestAssistantCallS = 600
const ringS = 25
const trunkDial = (app: string, number: string) => `Dial(PJSIP/${number}@${namesOf(app).trunk},120)`

/** extensions.conf: where calls come in, who takes them when the assistant is away, and whom phones may ring. */
export function extensionsConf(settings: PbxSettings): string {
  const contexts = [incoming(settings), answer(settings), fallback(settings), destinations(settings), doctor(settings)]
  if (settings.platform === 'asterisk') contexts.push(phones(settings))
  return [heading, ...contexts].join('\n')
}

function incoming({ app, trunk }: PbxSettings): string {
  const names = namesOf(app)
  const toAnswer = ['Set(AICALL_NUMBER=${FILTER(0-9A-Za-z+*#,${EXTEN})})', `Goto(${names.answer},s,1)`]
  const user = trunk?.kind === 'fritzbox' ? trunk.user : null
  // the number that was called stands in a header when the trunk sends every call to one name
  const fromHeader = [
    'Set(AICALL_TO=${PJSIP_HEADER(read,P-Called-Party-ID)})',
    // by its length: what strangers write must not stand in an expression
    'ExecIf($[${LEN(${AICALL_TO})}=0]?Set(AICALL_TO=${PJSIP_HEADER(read,To)}))',
    'Set(AICALL_TO=${CUT(AICALL_TO,@,1)})',
    'Set(AICALL_TO=${CUT(AICALL_TO,:,2)})',
    'Set(AICALL_NUMBER=${FILTER(0-9A-Za-z+*#,${AICALL_TO})})',
    `Goto(${names.answer},s,1)`,
  ]
  return context(names.incoming, [
    extension('s', fromHeader),
    ...(user && !/^\+?\d+$/.test(user) ? [extension(user, fromHeader)] : []),
    extension('_X.', toAnswer),
    extension('_+X.', toAnswer),
    // single digits (letters of their own are the dialplan's: h, i, t), and names such as an account at the provider
    extension('_[0-9*#]', toAnswer),
    extension('_[A-Za-z].', toAnswer),
  ])
}

function answer({ app }: PbxSettings): string {
  const names = namesOf(app)
  return context(names.answer, [
    extension('s', [
      `Set(TIMEOUT(absolute)=${longestAssistantCallS})`,
      `Stasis(${app},\${AICALL_NUMBER})`,
      // FAILED: no assistant is connected
      `GotoIf($["\${STASISSTATUS}"="FAILED"]?${names.fallback},s,1)`,
      'Hangup()',
    ]),
    extension('T', [`Goto(${names.fallback},s,1)`]),
  ])
}

function fallback({ app, fallbackPhone, platform }: PbxSettings): string {
  const names = namesOf(app)
  const file =
    '${EPOCH}~${FILTER(0-9A-Za-z+,${CALLERID(num)})}~${FILTER(0-9A-Za-z+*#,${AICALL_NUMBER})}~${FILTER(0-9A-Za-z.,${UNIQUEID})}'
  const dial = platform === 'freepbx' ? `Local/${fallbackPhone}@from-internal/n` : `PJSIP/${fallbackPhone}`
  return context(names.fallback, [
    extension('s', [
      'Set(TIMEOUT(absolute)=0)',
      ...(fallbackPhone === null ? [] : [`Dial(${dial},${ringS})`, 'GotoIf($["${DIALSTATUS}"="ANSWER"]?done)']),
      '(voicemail)Set(TIMEOUT(absolute)=240)',
      'Answer()',
      'Wait(0.5)',
      'Playback(vm-intro)',
      // kept when the caller hangs up; the assistant fetches it into the inbox when it is back
      `Record(\${ASTSPOOLDIR}/recording/${names.messages}${file}.wav,5,120,ky)`,
      'Playback(vm-goodbye)',
      '(done)Hangup()',
    ]),
  ])
}

/** Where the assistant may put a call through besides registered phones; the line's allow-list has decided before. */
function destinations(settings: PbxSettings): string {
  const names = namesOf(settings.app)
  if (settings.platform === 'freepbx') {
    return context(names.destinations, ['; FreePBX knows its extensions and routes', 'include => from-internal'])
  }
  const refused = emergencyNumbers(settings.country).map(number => extension(number, ['Hangup(21)']))
  const outside = settings.trunk
    ? ['_X.', '_+X.'].map(pattern =>
        extension(pattern, [trunkDial(settings.app, '${EXTEN}'), 'Hangup(${HANGUPCAUSE})']),
      )
    : []
  return context(names.destinations, [
    '; never an emergency number on behalf of a caller',
    ...refused,
    ...settings.phones.map(phone =>
      extension(phone.extension, [`Dial(PJSIP/${phone.extension},60)`, 'Hangup(${HANGUPCAUSE})']),
    ),
    ...outside,
  ])
}

/** Where `npm run doctor` calls itself. */
function doctor({ app }: PbxSettings): string {
  return context(namesOf(app).doctor, [
    extension('echo', ['Set(TIMEOUT(absolute)=20)', 'Answer()', 'Echo()', 'Hangup()']),
  ])
}

function phones(settings: PbxSettings): string {
  const names = namesOf(settings.app)
  const emergency = settings.trunk
    ? emergencyNumbers(settings.country).map(number =>
        extension(number, [
          'Set(GLOBAL(AICALL_EMERGENCY_AT)=${EPOCH})',
          trunkDial(settings.app, number),
          'Hangup(${HANGUPCAUSE})',
        ]),
      )
    : ['; without a trunk this telephone system reaches no emergency service']
  const outside = settings.trunk
    ? ['_X.', '_+X.'].map(pattern =>
        extension(pattern, [trunkDial(settings.app, '${EXTEN}'), 'Hangup(${HANGUPCAUSE})']),
      )
    : []
  return context(names.phones, [
    '; straight to the trunk: the assistant is never asked',
    ...emergency,
    '; *1 talks to the assistant, as a caller from outside would',
    extension('*1', ['Set(AICALL_NUMBER=s)', `Goto(${names.answer},s,1)`]),
    ...settings.phones.map(phone =>
      extension(phone.extension, [`Dial(PJSIP/${phone.extension},60)`, 'Hangup(${HANGUPCAUSE})']),
    ),
    ...outside,
  ])
}

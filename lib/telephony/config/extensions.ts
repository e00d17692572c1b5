// biome-ignore-all lint/suspicious/noTemplateCurlyInString: they are the dialplan's own variables
import { emergencyNumbers } from './emergency.ts'
import type { PbxSettings } from './settings.ts'
import { context, extension, heading } from './text.ts'

/** The dialplan's own end of a call that the assistant has, seconds: an agent that dies cannot hold a caller for ever. */
const longestAssistantCallS = 600
const ringS = 25
const trunkDial = (number: string) => `Dial(PJSIP/${number}@ai-call-trunk,120)`

/** extensions.conf: where calls come in, who takes them when the assistant is away, and whom phones may ring. */
export function extensionsConf(settings: PbxSettings): string {
  const contexts = [incoming(settings), answer(), fallback(settings), destinations(settings), doctor()]
  if (settings.platform === 'asterisk') contexts.push(phones(settings))
  return [heading, ...contexts].join('\n')
}

function incoming({ trunk }: PbxSettings): string {
  const toAnswer = ['Set(AICALL_NUMBER=${FILTER(0-9A-Za-z+*#,${EXTEN})})', 'Goto(ai-call-answer,s,1)']
  const user = trunk?.kind === 'fritzbox' ? trunk.user : null
  // the number that was called stands in a header when the trunk sends every call to one name
  const fromHeader = [
    'Set(AICALL_TO=${PJSIP_HEADER(read,P-Called-Party-ID)})',
    // by its length: what strangers write must not stand in an expression
    'ExecIf($[${LEN(${AICALL_TO})}=0]?Set(AICALL_TO=${PJSIP_HEADER(read,To)}))',
    'Set(AICALL_TO=${CUT(AICALL_TO,@,1)})',
    'Set(AICALL_TO=${CUT(AICALL_TO,:,2)})',
    'Set(AICALL_NUMBER=${FILTER(0-9A-Za-z+*#,${AICALL_TO})})',
    'Goto(ai-call-answer,s,1)',
  ]
  return context('ai-call-in', [
    extension('s', fromHeader),
    ...(user && !/^\+?\d+$/.test(user) ? [extension(user, fromHeader)] : []),
    extension('_X.', toAnswer),
    extension('_+X.', toAnswer),
    // single digits (letters of their own are the dialplan's: h, i, t), and names such as an account at the provider
    extension('_[0-9*#]', toAnswer),
    extension('_[A-Za-z].', toAnswer),
  ])
}

function answer(): string {
  return context('ai-call-answer', [
    extension('s', [
      `Set(TIMEOUT(absolute)=${longestAssistantCallS})`,
      'Stasis(ai-call,${AICALL_NUMBER})',
      // FAILED: no assistant is connected
      'GotoIf($["${STASISSTATUS}"="FAILED"]?ai-call-fallback,s,1)',
      'Hangup()',
    ]),
    extension('T', ['Goto(ai-call-fallback,s,1)']),
  ])
}

function fallback({ fallbackPhone, platform }: PbxSettings): string {
  const file =
    'ai-call-fallback~${EPOCH}~${FILTER(0-9A-Za-z+,${CALLERID(num)})}~${FILTER(0-9A-Za-z+*#,${AICALL_NUMBER})}~${FILTER(0-9A-Za-z.,${UNIQUEID})}'
  const dial = platform === 'freepbx' ? `Local/${fallbackPhone}@from-internal/n` : `PJSIP/${fallbackPhone}`
  return context('ai-call-fallback', [
    extension('s', [
      'Set(TIMEOUT(absolute)=0)',
      ...(fallbackPhone === null ? [] : [`Dial(${dial},${ringS})`, 'GotoIf($["${DIALSTATUS}"="ANSWER"]?done)']),
      '(voicemail)Set(TIMEOUT(absolute)=240)',
      'Answer()',
      'Wait(0.5)',
      'Playback(vm-intro)',
      // kept when the caller hangs up; the assistant fetches it into the inbox when it is back
      `Record(\${ASTSPOOLDIR}/recording/${file}.wav,5,120,ky)`,
      'Playback(vm-goodbye)',
      '(done)Hangup()',
    ]),
  ])
}

/** Where the assistant may put a call through besides registered phones; the line's allow-list has decided before. */
function destinations(settings: PbxSettings): string {
  if (settings.platform === 'freepbx') {
    return context('ai-call-destinations', ['; FreePBX knows its extensions and routes', 'include => from-internal'])
  }
  const refused = emergencyNumbers(settings.country).map(number => extension(number, ['Hangup(21)']))
  const outside = settings.trunk
    ? ['_X.', '_+X.'].map(pattern => extension(pattern, [trunkDial('${EXTEN}'), 'Hangup(${HANGUPCAUSE})']))
    : []
  return context('ai-call-destinations', [
    '; never an emergency number on behalf of a caller',
    ...refused,
    ...settings.phones.map(phone =>
      extension(phone.extension, [`Dial(PJSIP/${phone.extension},60)`, 'Hangup(${HANGUPCAUSE})']),
    ),
    ...outside,
  ])
}

/** Where `npm run doctor` calls itself. */
function doctor(): string {
  return context('ai-call-doctor', [extension('echo', ['Set(TIMEOUT(absolute)=20)', 'Answer()', 'Echo()', 'Hangup()'])])
}

function phones(settings: PbxSettings): string {
  const emergency = settings.trunk
    ? emergencyNumbers(settings.country).map(number =>
        extension(number, ['Set(GLOBAL(AICALL_EMERGENCY_AT)=${EPOCH})', trunkDial(number), 'Hangup(${HANGUPCAUSE})']),
      )
    : ['; without a trunk this telephone system reaches no emergency service']
  const outside = settings.trunk
    ? ['_X.', '_+X.'].map(pattern => extension(pattern, [trunkDial('${EXTEN}'), 'Hangup(${HANGUPCAUSE})']))
    : []
  return context('ai-call-phones', [
    '; straight to the trunk: the assistant is never asked',
    ...emergency,
    '; *1 talks to the assistant, as a caller from outside would',
    extension('*1', ['Set(AICALL_NUMBER=s)', 'Goto(ai-call-answer,s,1)']),
    ...settings.phones.map(phone =>
      extension(phone.extension, [`Dial(PJSIP/${phone.extension},60)`, 'Hangup(${HANGUPCAUSE})']),
    ),
    ...outside,
  ])
}

import type { CallAction, DecidedBy, RungDto, Urgency } from '#lib/calls/contract.ts'

export type Said = [atMs: number, who: 'caller' | 'assistant', text: string]

export type Story = {
  /** Hours before now. */
  hoursAgo: number
  from: string
  name?: string
  organisation?: string
  action: CallAction
  decidedBy: DecidedBy
  rung: string
  reason: string
  summary?: string
  urgency?: Urgency
  wants?: string
  callbackNumber?: string
  destination?: string
  ladder: RungDto[]
  said: Said[]
  durationMs: number
  isUnread?: boolean
  hasRecording?: boolean
  source?: 'phone' | 'api' | 'try'
}

const passed = (rung: string, reason: string): RungDto => ({ rung, outcome: 'passed', reason })
const hit = (rung: string, reason: string): RungDto => ({ rung, outcome: 'hit', reason })
const unknown = [
  passed('rules', 'None of your rules matched.'),
  passed('people', 'The number is not in your people.'),
  passed('block_list', 'On no block list.'),
  passed('hours', 'The line is open, Monday to Friday 08:00 to 18:00.'),
]
const greeting =
  'Hello, this is the assistant of the Weber family. The call is recorded. Who is calling, please, and what is it about?'

/** A week in the life of a line: every action, names and bare numbers, German and English, friendly and not. */
export const stories: readonly Story[] = [
  {
    hoursAgo: 0.4,
    from: '+49 30 1234567',
    name: 'Anna',
    organisation: 'Dr. Keller Dental',
    action: 'voicemail',
    decidedBy: 'model',
    rung: 'conversation',
    reason: 'Known reason, wants a call back, not urgent enough to ring: message.',
    summary: 'Wants to move Thursday’s check-up. Please call back today before six.',
    wants: 'a call back today',
    urgency: 'normal',
    callbackNumber: '+49301234567',
    ladder: [...unknown, hit('conversation', 'Known reason, wants a call back, not urgent enough to ring: message.')],
    said: [
      [410, 'assistant', greeting],
      [
        7_200,
        'caller',
        'Hi, it’s Anna from Doctor Keller’s practice. It’s about the appointment on Thursday, we need to move it.',
      ],
      [15_300, 'assistant', 'Thank you, Anna. Shall they call you back on the number you are calling from?'],
      [20_100, 'caller', 'Yes please, today, we close at six.'],
      [24_500, 'assistant', 'I will pass that on: call back today before six. Goodbye, Anna.'],
    ],
    durationMs: 48_000,
    isUnread: true,
    hasRecording: true,
  },
  {
    hoursAgo: 2.7,
    from: '+49 30 555 0199',
    name: 'Sofia Meier',
    organisation: 'school office',
    action: 'forward',
    decidedBy: 'model',
    rung: 'conversation',
    reason: 'A sick child is urgent: rings you.',
    summary: 'Leo has a fever, please pick him up.',
    urgency: 'high',
    destination: '100',
    ladder: [...unknown, hit('conversation', 'A sick child is urgent: rings you.')],
    said: [
      [380, 'assistant', greeting],
      [6_900, 'caller', 'This is the school office. Leo has a fever, somebody should pick him up please.'],
      [12_400, 'assistant', 'I am putting you through now.'],
    ],
    durationMs: 94_000,
    isUnread: true,
    hasRecording: true,
  },
  {
    hoursAgo: 4.2,
    from: '+49 171 5550 118',
    organisation: 'GLS parcel service',
    action: 'forward',
    decidedBy: 'rule',
    rung: 'rules',
    reason: 'Your rule “Parcels ring through” decided.',
    summary: 'Parcel needs a signature at the door.',
    urgency: 'normal',
    destination: '100',
    ladder: [hit('rules', 'Calls from +49 171 5550… are put through.')],
    said: [],
    durationMs: 31_000,
  },
  {
    hoursAgo: 5.1,
    from: 'anonymous',
    action: 'block',
    decidedBy: 'model',
    rung: 'conversation',
    reason: 'An energy contract offer, not asked for.',
    summary: 'Energy contract offer.',
    urgency: 'low',
    ladder: [
      passed('rules', 'None of your rules matched.'),
      passed('people', 'A withheld number is nobody.'),
      hit('conversation', 'An energy contract offer, not asked for.'),
    ],
    said: [
      [400, 'assistant', greeting],
      [
        5_900,
        'caller',
        'Good morning, we are offering the cheapest electricity in your street, are you the account holder?',
      ],
      [11_800, 'assistant', 'Thank you, there is no interest here. Goodbye.'],
    ],
    durationMs: 17_000,
  },
  {
    hoursAgo: 22.5,
    from: '+39 02 5550 1466',
    name: 'Marco Bianchi',
    action: 'voicemail',
    decidedBy: 'rule',
    rung: 'hours',
    reason: 'The line was closed: message.',
    summary: 'Quote for the kitchen is ready, will send it by e-mail tonight.',
    wants: 'nothing, for information',
    urgency: 'low',
    ladder: [
      passed('rules', 'None of your rules matched.'),
      passed('people', 'The number is not in your people.'),
      hit('hours', 'Closed since 18:00.'),
    ],
    said: [
      [
        420,
        'assistant',
        'Hello, this is the assistant of the Weber family. We are closed now, please leave a message after the tone.',
      ],
      [
        8_000,
        'caller',
        'Buonasera, this is Marco Bianchi. The quote for the kitchen is ready, I will send it by e-mail tonight. Thank you.',
      ],
    ],
    durationMs: 36_000,
    hasRecording: true,
  },
  {
    hoursAgo: 24.3,
    from: '+49 151 5550 7711',
    name: 'Tim Jansen',
    action: 'forward',
    decidedBy: 'rule',
    rung: 'people',
    reason: 'A favourite: put straight through.',
    destination: '100',
    ladder: [
      passed('rules', 'None of your rules matched.'),
      hit('people', 'Tim Jansen is a favourite: put straight through.'),
    ],
    said: [],
    durationMs: 412_000,
  },
  {
    hoursAgo: 29,
    from: '+1 900 555 0137',
    action: 'block',
    decidedBy: 'model',
    rung: 'conversation',
    reason: 'Claims to be the bank and asked for a code: suspicious.',
    summary: 'Claims to be the bank, asked for a code.',
    urgency: 'low',
    ladder: [...unknown, hit('conversation', 'Claims to be the bank and asked for a code: suspicious.')],
    said: [
      [390, 'assistant', greeting],
      [
        6_200,
        'caller',
        'This is the security department of your bank. I need the code that was just sent to your phone.',
      ],
      [13_000, 'assistant', 'I cannot help with that. Goodbye.'],
    ],
    durationMs: 21_000,
  },
  {
    hoursAgo: 47,
    from: '+49 30 2250 0410',
    name: 'Frau Yıldız-Großschreiber von der Hausverwaltung Charlottenburg-Wilmersdorf Nord',
    action: 'voicemail',
    decidedBy: 'fallback',
    rung: 'fallback',
    reason: 'The model was away; the built-in listener took a message.',
    summary: 'Am Freitag zwischen acht und zehn wird im ganzen Haus das Wasser abgestellt.',
    urgency: 'normal',
    ladder: [
      ...unknown,
      passed('conversation', 'The model did not answer in time.'),
      hit('fallback', 'The built-in listener took a message.'),
    ],
    said: [
      [
        430,
        'assistant',
        'Guten Tag, hier ist der Assistent der Familie Weber. Wer ist bitte am Apparat, und worum geht es?',
      ],
      [
        7_100,
        'caller',
        'Guten Tag, hier ist die Hausverwaltung. Am Freitag zwischen acht und zehn wird im ganzen Haus das Wasser abgestellt.',
      ],
    ],
    durationMs: 29_000,
    hasRecording: true,
  },
  {
    hoursAgo: 52,
    from: '<b>+1 555 0100</b>',
    name: '<script>alert(1)</script>',
    action: 'ask_question',
    decidedBy: 'fallback',
    rung: 'fallback',
    reason: 'No name and no reason yet: asked.',
    ladder: [...unknown, hit('fallback', 'No name and no reason yet: asked.')],
    said: [
      [400, 'assistant', greeting],
      [5_000, 'caller', '<img src=x onerror=alert(1)> hello?'],
    ],
    durationMs: 12_000,
    source: 'api',
  },
]

import { join } from 'node:path'
import { beat } from '#agent/repo.ts'
import { changeAccount, createUser, systemActor } from '#lib/accounts/index.ts'
import type { CallEvent } from '#lib/calls/events.ts'
import { appendEvents, beginCall, beginRecording, changeCall, changeRecording, finishCall } from '#lib/calls/index.ts'
import { database } from '#lib/database.ts'
import { env } from '#lib/env.ts'
import { changeLine, listLines } from '#lib/lines/index.ts'
import { createPerson } from '#lib/people/index.ts'
import { createRule } from '#lib/rules/index.ts'
import { writeSpeechLike } from './audio.ts'
import { tellMany } from './many.ts'
import { earlier } from './month.ts'
import { type Story, stories } from './stories.ts'

export const owner = { username: 'maria', email: 'maria@weber.example', password: 'correct-horse-battery' }
/** Somebody else in the same house, whose pages must stay empty. */
export const other = { username: 'jonas', email: 'jonas@weber.example', password: 'staple-violet-harbour' }

type Timed = CallEvent & { atMs: number }

async function tell(userId: number, story: Story, index: number) {
  const at = Date.now() - story.hoursAgo * 3_600_000
  const { call, callId } = await beginCall(
    { userId },
    {
      callId: `seed-${index + 1}`,
      callerNumber: story.from,
      calledNumber: '+49 30 5550 100',
      source: story.source ?? 'phone',
      callerKey: story.from.replace(/[^+\d]/g, ''),
      at,
    },
  )
  const decided: Timed = {
    atMs: 12,
    kind: 'decided',
    data: { action: story.action, reason: story.reason, decidedBy: story.decidedBy, rung: story.rung },
  }
  const isTalk = story.said.length > 0
  const events: Timed[] = [
    ...(isTalk ? [{ atMs: 30, kind: 'answered', data: {} } satisfies Timed] : [decided]),
    ...story.said.map(
      ([atMs, who, text], turn): Timed => ({ atMs, kind: who === 'caller' ? 'heard' : 'said', data: { turn, text } }),
    ),
    ...(isTalk ? [{ ...decided, atMs: (story.said.at(-1)?.[0] ?? 0) + 630 }] : []),
    ...(story.destination
      ? [
          {
            atMs: story.durationMs - 8_000,
            kind: 'forwarding',
            data: { destination: story.destination, label: 'My phone' },
          } satisfies Timed,
        ]
      : []),
    ...(story.action === 'voicemail'
      ? [{ atMs: story.durationMs, kind: 'voicemail', data: { durationMs: story.durationMs - 2_000 } } satisfies Timed]
      : []),
  ]
  await appendEvents(call, userId, events)
  if (story.hasRecording) {
    const path = join('seed', `${callId}.wav`)
    const recording = await beginRecording({ call, userId, kind: 'call', path, rateHz: 8_000, channels: 1 })
    const made = await writeSpeechLike(join(env().RECORDINGS_DIR, path), story.durationMs)
    await changeRecording(recording.id, {
      bytes: made.bytes,
      durationMs: story.durationMs,
      peaks: made.peaks,
      status: 'transcribed',
    })
  }
  await finishCall(call, userId, {
    atMs: story.durationMs,
    action: story.action,
    endedBy: 'assistant',
    reason: story.reason,
    decidedBy: story.decidedBy,
    rung: story.rung,
    ladder: story.ladder,
    callerName: story.name ?? null,
    organisation: story.organisation ?? null,
    summary: story.summary ?? null,
    wants: story.wants ?? null,
    urgency: story.urgency ?? null,
    callbackNumber: story.callbackNumber ?? null,
    destination: story.destination ?? null,
    transcript: story.said.map(([, who, text]) => `${who}: ${text}`).join('\n') || null,
    latencyMs: isTalk
      ? { answer_to_first_word: 410, heard_to_transcript: 520, decision: 630, reply_at_ear: 90 }
      : { decision: 12 },
  })
  if (!story.isUnread) await changeCall(systemActor(userId), callId, { isRead: true })
}

/** A call that is still going on. */
async function tellLive(userId: number) {
  const { call } = await beginCall(
    { userId },
    {
      callId: `seed-live-${Date.now()}`,
      callerNumber: '+49 171 5550 142',
      calledNumber: '+49 30 5550 100',
      source: 'phone',
      callerKey: '+491715550142',
      at: Date.now() - 21_000,
    },
  )
  const events: Timed[] = [
    { atMs: 30, kind: 'answered', data: {} },
    {
      atMs: 420,
      kind: 'said',
      data: {
        turn: 0,
        text: 'Hello, this is the assistant of the Weber family. Who is calling, please, and what is it about?',
      },
    },
    {
      atMs: 6_000,
      kind: 'heard',
      data: { turn: 1, text: 'Hello, D H L, I have a parcel for Weber, nobody opens the door.' },
    },
    { atMs: 13_000, kind: 'said', data: { turn: 2, text: 'Shall I ask whether someone can come down?' } },
    { atMs: 17_000, kind: 'heard', data: { turn: 3, text: 'Yes, or can I leave it with a neighbour?' } },
    { atMs: 20_500, kind: 'doing', data: { doing: 'thinking about it', next: 'rings you' } },
  ]
  await appendEvents(call, userId, events, { callerName: 'DHL, at the door', answeredAt: new Date().toISOString() })
}

/** A voice process that is well, for a service whose clock stands still: this sign of life never grows old. */
async function tellVoice() {
  const well = { isConfigured: true, isWorking: true }
  await beat(await database(), {
    name: 'home',
    pid: 1,
    startedAt: new Date().toISOString(),
    load: 1,
    state: {
      telephone: { ...well, say: 'Asterisk 20.6.0 answers.' },
      speech: { ...well, say: 'Speech is recognised here.' },
    },
  })
}

/** Fills an empty data folder with a household that looks lived in. */
export async function seed({ withLive = true } = {}): Promise<void> {
  const maria = await createUser({ ...owner, role: 'admin' })
  await createUser({ ...other, role: 'member' })
  const actor = systemActor(maria.id, maria.username)
  await changeAccount(actor, { timeZone: 'Europe/Berlin' })
  const [line] = await listLines(actor)
  if (line) {
    await changeLine({ ...actor, role: 'admin' }, line.id, {
      name: 'Home',
      greeting: 'Hello, this is the assistant of the Weber family. Who is calling, please, and what is it about?',
      destinations: [
        { label: 'My phone', target: '100' },
        { label: 'Kitchen', target: '101' },
      ],
    })
  }
  await createPerson(actor, {
    name: 'Tim Jansen',
    trust: 'favourite',
    numbers: ['+49 151 5550 7711'],
    note: 'My brother',
  })
  await createPerson(actor, {
    name: 'Grandma Elisabeth',
    trust: 'favourite',
    numbers: ['+49 40 5550 2211', '+49 171 5550 9090'],
  })
  await createPerson(actor, {
    name: 'Sofia Meier',
    organisation: 'School office',
    trust: 'known',
    numbers: ['+49 30 555 0199'],
  })
  await createPerson(actor, {
    name: 'Dr. Keller',
    organisation: 'Keller Dental',
    trust: 'known',
    numbers: ['+49 30 1234567'],
  })
  await createPerson(actor, { name: 'Energy deals', trust: 'blocked', numbers: ['+49 211 5550 000'] })
  await createRule(actor, {
    action: 'forward',
    caller: '+491715550*',
    destination: '100',
    name: 'Parcels ring through',
  })
  await createRule(actor, {
    action: 'voicemail',
    caller: 'strangers',
    hours: [1, 2, 3, 4, 5, 6, 7].map(day => ({ day, from: '20:00', to: '07:00' })),
  })
  await createRule(actor, { action: 'ask_question', caller: 'anonymous', question: 'Who is calling, please?' })
  await createRule(actor, { action: 'block', caller: '+1900*', isEnabled: false })
  for (const [index, story] of stories.entries()) await tell(maria.id, story, index)
  if (withLive) await tellLive(maria.id)
}

if (process.argv[1] === import.meta.filename) {
  // A call that goes on when the service starts is one whose voice process died: `--live` begins it afterwards.
  if (process.argv.includes('--live')) await tellLive(1)
  else await seed({ withLive: !process.argv.includes('--without-live') })
  if (process.argv.includes('--voice')) await tellVoice()
  if (process.argv.includes('--month')) {
    for (const [index, story] of earlier.entries()) await tell(1, story, stories.length + index)
  }
  const many = process.argv.indexOf('--calls')
  if (many > 0) await tellMany(1, Number(process.argv[many + 1]))
  await (await database()).close()
}

import { readFile } from 'node:fs/promises'
import { appendEvents, changeRecording, listRecordings, recordingFile } from '#lib/calls/index.ts'
import { database } from '#lib/database.ts'
import { log } from '#lib/log.ts'
import { converseDecision } from '#lib/screening/index.ts'
import { resample } from '#lib/voice/audio/resample.ts'
import { decodeWav, toMono } from '#lib/voice/audio/wav.ts'
import type { Clock, Pcm, Stt } from '#lib/voice/ports.ts'
import { rateHz } from '#lib/voice/ports.ts'
import { type CallOfMessage, findCallOfMessage } from './repo.ts'

const lookEveryMs = 15_000
const mostAttempts = 5
const transcribeWithinMs = 180_000
/** Recognisers of this size hear half a minute at most well; longer messages go in pieces. */
const pieceSamples = rateHz * 25
const overlapSearch = rateHz * 5

type Recording = Awaited<ReturnType<typeof listRecordings>>[number]

/**
 * Messages become text beside the calls: what was recorded while there were no ears is filled in later, whenever ears
 * appear. One at a time, so that conversations keep the recogniser.
 */
export function createTranscripts({ clock, ears }: { clock: Clock; ears: () => Stt | null }) {
  let isClosed = false
  let isWorking = false
  let cancel = () => {}
  const stop = new AbortController()

  async function work(): Promise<void> {
    if (isWorking || isClosed) return
    isWorking = true
    cancel()
    try {
      await transcribeWaiting()
    } catch (error) {
      log.warn({ err: error }, 'messages could not be transcribed and wait')
    } finally {
      isWorking = false
      if (!isClosed) cancel = clock.after(lookEveryMs, () => void work())
    }
  }

  async function transcribeWaiting(): Promise<void> {
    const waiting = await listRecordings('stored', 500)
    for (const recording of waiting) {
      if (isClosed) return
      if (recording.kind !== 'voicemail' || recording.attempts >= mostAttempts) continue
      const stt = ears()
      if (!stt) return
      await transcribeOne(recording, stt)
    }
  }

  async function transcribeOne(recording: Recording, stt: Stt): Promise<void> {
    const call = await findCallOfMessage(await database(), recording.call)
    const path = recordingFile(recording.path)
    if (!call || !path || call.userId === null) return
    const signal = AbortSignal.any([stop.signal, AbortSignal.timeout(transcribeWithinMs)])
    try {
      const audio = await readSamples(path)
      const pieces: string[] = []
      for (const piece of cutInPieces(audio)) {
        const { text } = await stt.transcribe(piece, { language: languageOf(call), signal })
        if (text.trim()) pieces.push(text.trim())
      }
      await keepText(recording, call, pieces.join(' '))
    } catch (error) {
      if (isClosed) return
      log.warn({ err: error, recording: recording.id }, 'a message could not be transcribed')
      await changeRecording(recording.id, { attempts: recording.attempts + 1 })
    }
  }

  const languageOf = ({ language }: CallOfMessage) => language ?? 'en'

  return {
    /** At start, and whenever a message came in. */
    wake: () => void work(),
    close(): void {
      isClosed = true
      cancel()
      stop.abort()
    },
  }
}

async function readSamples(path: string): Promise<Pcm> {
  const wav = decodeWav(await readFile(path))
  const mono = toMono(wav)
  return wav.rateHz === rateHz ? mono : resample(mono, wav.rateHz, rateHz)
}

/** Cut where it is quietest, so that no word is split. */
export function cutInPieces(audio: Pcm): Pcm[] {
  const pieces: Pcm[] = []
  let from = 0
  while (audio.length - from > pieceSamples) {
    const cut = quietest(audio, from + pieceSamples - overlapSearch, from + pieceSamples)
    pieces.push(audio.subarray(from, cut))
    from = cut
  }
  pieces.push(audio.subarray(from))
  return pieces
}

function quietest(audio: Pcm, from: number, to: number): number {
  const width = rateHz / 10
  let best = to
  let least = Number.POSITIVE_INFINITY
  for (let at = from; at + width <= to; at += width / 2) {
    let energy = 0
    for (let i = at; i < at + width; i += 4) energy += Math.abs(audio[i]!)
    if (energy < least) {
      least = energy
      best = at + width / 2
    }
  }
  return best
}

/** The message's words in the call: its transcript, who and why, the number to call back. What was known stays. */
async function keepText(recording: Recording, call: CallOfMessage, text: string): Promise<void> {
  const said = text.slice(0, 8_000)
  if (said !== '') {
    const facts = await readFacts(call, said)
    await appendEvents(
      call.id,
      call.userId,
      [
        {
          kind: 'heard',
          atMs: Math.max(0, Date.parse(recording.createdAt) - Date.parse(call.timestamp)),
          data: { turn: 1_000, text: said, speechMs: recording.durationMs },
        },
      ],
      {
        transcript: [call.transcript, `Caller: ${said}`].filter(Boolean).join('\n'),
        summary: facts?.reason ?? call.summary ?? summarise(said),
        callerName: call.callerName ?? facts?.callerName ?? null,
        organisation: call.organisation ?? facts?.organisation ?? null,
        callbackNumber: call.callbackNumber ?? facts?.callbackNumber ?? null,
        wants: call.wants ?? facts?.wants ?? null,
        ...(facts && isMoreUrgent(facts.urgency, call.urgency) && { urgency: facts.urgency }),
      },
    )
  }
  await changeRecording(recording.id, { status: 'transcribed' })
}

async function readFacts(call: CallOfMessage, text: string) {
  try {
    const { facts } = await converseDecision({
      userId: call.userId,
      callerNumber: call.callerNumber,
      calledNumber: call.calledNumber,
      source: call.source,
      turns: [{ who: 'caller', text: text.slice(0, 4_000) }],
      call: call.id,
      deadlineMs: 10_000,
    })
    return facts
  } catch {
    return null
  }
}

const order = ['low', 'normal', 'high', 'emergency'] as const
const isMoreUrgent = (found: (typeof order)[number], known: CallOfMessage['urgency']) =>
  order.indexOf(found) > (known ? order.indexOf(known) : -1)

/** The first sentence, when nothing better is known. */
export function summarise(text: string): string {
  const first = text.match(/^.{1,140}?[.!?](?=\s|$)/)?.[0] ?? text
  return first.length <= 140 ? first : `${first.slice(0, first.lastIndexOf(' ', 137))}…`
}

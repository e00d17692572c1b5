import { resample } from '../audio/resample.ts'
import { fromFloats } from '../audio/wav.ts'
import { type Pcm, rateHz } from '../ports.ts'
import { createFlite, type FliteVoice } from './flite.ts'
import { openHostPort } from './host-port.ts'
import { trimSpeech } from './loudness.ts'
import { toAscii } from './sentences.ts'
import { loadSherpa } from './sherpa.ts'
import type { SpeechAnswer, SpeechArgument, SpeechRequest } from './speech-protocol.ts'

/**
 * Speaks: the entry of a worker thread (flite) or a child process (pulled voices). Synthesis is synchronous, so the loop is
 * visited between pieces, and of several callers the one who has heard least is served first.
 */
type Job = { id: number; pieces: string[]; voice: string; spoken: number }
type Say = (text: string, voice: string) => Pcm | Promise<Pcm>

const port = openHostPort<SpeechRequest, SpeechAnswer>()
const jobs: Job[] = []
let isWorking = false

function openEngine(argument: SpeechArgument): Say {
  if (argument.engine === 'flite') {
    const speak = createFlite()
    const say: Say = (text, voice) => speak(toAscii(text), voice as FliteVoice)
    // the first run compiles what later ones reuse
    say('Ready.', 'slt')
    return say
  }
  const voice = new (loadSherpa().OfflineTts)(argument.config)
  return (text, speaker) => {
    const { samples, sampleRate } = voice.generate({
      text,
      sid: Math.min(Number(speaker) || 0, Math.max(0, voice.numSpeakers - 1)),
      speed: 1,
      enableExternalBuffer: false,
    })
    return resample(fromFloats(samples), sampleRate, rateHz)
  }
}

async function work(say: Say): Promise<void> {
  if (isWorking) return
  isWorking = true
  for (let job = nextJob(); job; job = nextJob()) {
    const text = job.pieces[job.spoken]
    if (text === undefined) {
      drop(job.id)
      port.post({ type: 'done', id: job.id })
      continue
    }
    job.spoken += 1
    try {
      const samples = trimSpeech(await say(text, job.voice), { isLast: job.spoken === job.pieces.length, text })
      if (jobs.includes(job)) port.post({ type: 'audio', id: job.id, samples })
    } catch (error) {
      drop(job.id)
      port.post({ type: 'failed', id: job.id, message: error instanceof Error ? error.message : String(error) })
    }
    // cancels and new requests come in here
    await new Promise(resolve => setImmediate(resolve))
  }
  isWorking = false
}

function nextJob(): Job | undefined {
  let next = jobs[0]
  for (const job of jobs) if (job.spoken < next!.spoken) next = job
  return next
}

function drop(id: number): void {
  const at = jobs.findIndex(job => job.id === id)
  if (at >= 0) jobs.splice(at, 1)
}

const say = openEngine(port.argument as SpeechArgument)
port.onMessage(message => {
  if (message.type === 'cancel') return drop(message.id)
  jobs.push({ id: message.id, pieces: message.pieces, voice: message.voice, spoken: 0 })
  void work(say)
})
port.post({ type: 'ready' })

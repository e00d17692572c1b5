import { frameMs, frameSamples, type Pcm, type Vad } from '#lib/voice/ports.ts'
import type { Segmenter } from '#lib/voice/segmenter.ts'
import { type Crossfeed, createCrossfeed } from './crossfeed.ts'
import { createPlayback } from './playback.ts'
import type { FromMedia, RingbackTone } from './protocol.ts'
import { createRecorder, type Recorder } from './recorder.ts'
import { createRingback } from './ringback.ts'
import type { MediaSocket } from './socket.ts'
import { createStereo } from './stereo.ts'
import { beepMs, renderTone } from './tone.ts'

const silence = new Int16Array(frameSamples)
/** Speech in a voicemail: a soft voice at the end of a message must not look like silence. */
const voicemailThreshold = 0.35
/** Before the first word of a voicemail people think: they get this much longer. */
const thinkingMs = 2_000

type Voicemail = { recorder: Recorder; maxMs: number; silenceMs: number; silentMs: number; hasSpoken: boolean }

export type LegOptions = {
  leg: number
  vad: Vad | null
  segmenter: Segmenter | null
  tell: (message: FromMedia, transfer?: ArrayBuffer[]) => void
  /** Called before each frame is listened to: frames that come in a burst do not hold up those that go out. */
  keepTime?: () => void
  /** Wall clock, milliseconds. */
  now: () => number
}

/** One mouth and ear: playback queue, tone, ears and recordings of one call, whatever carries its audio. */
export function createLeg({ leg, vad, segmenter, tell, keepTime, now }: LegOptions) {
  let socket: MediaSocket | null = null
  /** Frames the far side still needs as its lead. */
  let owedFrames = 0
  /** Frames of silence that were sent last. */
  let silentFrames = 0
  let heldUntilMs = 0
  let tone: (() => Pcm | null) | null = null
  let beep: Pcm[] = []
  let yieldsToSpeech = false
  let voicemail: Voicemail | null = null
  let pendingVoicemail: (() => void) | null = null
  const call = createStereo()
  /** Somebody else's leg that this one talks with: what they say is played here, what is heard here is played there. */
  let other: { hear(frame: Pcm): void } | null = null
  let fromOther: Crossfeed | null = null
  const playback = createPlayback({ leadFrames: 0, emit })
  let closing: Promise<unknown>[] = []

  function emit(event: Parameters<Parameters<typeof createPlayback>[0]['emit']>[0]): void {
    tell({ ...event, leg, epochMs: now() })
  }

  function hear(frame: Pcm): void {
    call.hear(frame)
    // people talk with each other: that is not for our ears
    if (other) {
      other.hear(frame)
      return
    }
    keepTime?.()
    const probability = vad ? vad.score(frame) : 0
    if (voicemail) recordVoicemail(voicemail, frame, probability)
    if (!segmenter) return
    for (const segment of segmenter.push(frame, probability)) {
      const epochMs = now()
      if (segment.type === 'speech_so_far') {
        tell({ ...segment, leg, epochMs }, [segment.audio.buffer as ArrayBuffer])
        continue
      }
      if (segment.type !== 'utterance') {
        // nobody is interrupted later because the main thread is busy
        if (segment.type === 'speech_started' && yieldsToSpeech && !playback.isIdle) pause()
        tell({ type: segment.type, leg, epochMs })
        continue
      }
      const { audio, speechMs, silenceMs } = segment
      tell({ type: 'utterance', leg, epochMs, audio, speechMs, endedEpochMs: epochMs - silenceMs }, [
        audio.buffer as ArrayBuffer,
      ])
    }
  }

  function recordVoicemail(mail: Voicemail, frame: Pcm, probability: number): void {
    mail.recorder.write(frame)
    if (probability >= voicemailThreshold) {
      mail.silentMs = 0
      mail.hasSpoken = true
    } else {
      mail.silentMs += frameMs
    }
    if (mail.recorder.durationMs >= mail.maxMs) stopVoicemail('limit')
    else if (mail.silentMs >= mail.silenceMs + (mail.hasSpoken ? 0 : thinkingMs)) stopVoicemail('silence')
  }

  function stopVoicemail(cause: 'silence' | 'key' | 'limit' | 'hang_up' | 'stopped'): void {
    if (pendingVoicemail) {
      const begin = pendingVoicemail
      pendingVoicemail = null
      beep = []
      begin()
    }
    const mail = voicemail
    if (!mail) return
    voicemail = null
    const told = mail.recorder.close().then(({ durationMs, bytes }) => {
      tell({
        type: 'recording_finished',
        leg,
        epochMs: now(),
        cause,
        durationMs,
        path: mail.recorder.path,
        bytes,
      })
    })
    closing.push(told)
  }

  function stopCall(): void {
    const recorder = call.end()
    if (!recorder) return
    closing.push(
      recorder.close().then(({ durationMs, bytes }) => {
        tell({ type: 'call_recorded', leg, path: recorder.path, durationMs, bytes })
      }),
    )
  }

  function flush(): number {
    const dropped = socket?.flush() ?? 0
    // what was dropped, or less while the lead was still being built
    const unheard = Math.max(0, dropped - owedFrames)
    owedFrames = dropped
    call.repeat(unheard)
    return unheard
  }

  function pause(): void {
    if (!playback.isPaused) playback.pause(playback.isIdle ? 0 : flush())
  }

  function nextFrame(): Pcm | null {
    if (beep.length > 0 && playback.isIdle) {
      const frame = beep.shift()!
      if (beep.length === 0) beginVoicemail()
      return frame
    }
    if (now() < heldUntilMs) return null
    const frame = playback.next()
    if (frame) {
      skipSilence()
      return frame
    }
    if (pendingVoicemail && playback.isIdle && beep.length === 0) beginVoicemail()
    if (!playback.isIdle) return null
    return fromOther?.next() ?? tone?.() ?? null
  }

  /** A sentence that begins does not wait behind the silence that the far side holds ahead: it becomes the lead itself. */
  function skipSilence(): void {
    const lead = socket?.leadFrames ?? 0
    if (lead > 0 && silentFrames >= lead && playback.aheadFrames >= lead) flush()
  }

  function beginVoicemail(): void {
    const begin = pendingVoicemail
    pendingVoicemail = null
    begin?.()
  }

  function send(): void {
    if (!socket) return
    const sound = nextFrame()
    silentFrames = sound ? 0 : silentFrames + 1
    socket.write(sound ?? silence)
    call.say(sound)
  }

  return {
    attach(next: MediaSocket) {
      const old = socket
      if (old) {
        old.onClose = () => {}
        old.onFrame = () => {}
        old.close()
      }
      socket = next
      owedFrames = next.leadFrames
      playback.setLead(next.leadFrames)
      next.onFrame = hear
      next.onClose = reason => {
        if (socket !== next) return
        socket = null
        tell({ type: 'closed', leg, isExpected: false, reason })
      }
    },
    /** Sends what is due: `late` is how many frames beyond this one the clock says are missing. */
    tick(late: number) {
      if (!socket) return
      // later than the lead: the far side ran dry, so what was missed is gone and the lead is built anew
      if (late > socket.leadFrames) owedFrames = socket.leadFrames
      else owedFrames += late
      send()
      for (; owedFrames > 0; owedFrames--) send()
    },
    hold(ms: number) {
      heldUntilMs = now() + ms
    },
    play: (number: number) => playback.play(number),
    audio: (number: number, pcm: Pcm) => playback.audio(number, pcm),
    end: (number: number) => playback.end(number),
    pause,
    resume: () => playback.resume(),
    clear() {
      playback.clear(playback.isPaused || playback.isIdle ? 0 : flush())
    },
    listen(options: Parameters<Segmenter['listen']>[0] & { yieldsToSpeech?: boolean }) {
      yieldsToSpeech = options.yieldsToSpeech === true
      segmenter?.listen(options)
    },
    /** Null parts them again. */
    couple(next: { hear(frame: Pcm): void } | null) {
      other = next
      fromOther = next && createCrossfeed()
      vad?.reset()
      for (const { type } of segmenter?.reset() ?? []) {
        if (type === 'speech_dismissed') tell({ type, leg, epochMs: now() })
      }
    },
    /** What whoever is coupled with this leg says. */
    hear: (frame: Pcm) => fromOther?.push(frame),
    tone(ringback: RingbackTone | null) {
      tone = ringback && createRingback(ringback)
    },
    record({
      path,
      maxMs,
      silenceMs,
      beep: hasBeep,
    }: {
      path: string
      maxMs: number
      silenceMs: number
      beep: boolean
    }) {
      stopVoicemail('stopped')
      beep = hasBeep ? frames(renderTone([1_000], beepMs)) : []
      pendingVoicemail = () => {
        const recorder = createRecorder({
          path,
          channels: 1,
          onTrouble(message) {
            tell({ type: 'trouble', leg, part: 'recording', message })
            stopVoicemail('stopped')
          },
        })
        voicemail = { recorder, maxMs, silenceMs, silentMs: 0, hasSpoken: false }
      }
    },
    stopRecording: stopVoicemail,
    recordCall(path: string | null) {
      stopCall()
      if (path === null) return
      call.begin(
        createRecorder({
          path,
          channels: 2,
          onTrouble(message) {
            tell({ type: 'trouble', leg, part: 'recording', message })
            stopCall()
          },
        }),
      )
    },
    /** Ends everything on this leg; says `closed` once. */
    async close(reason: string) {
      const open = socket
      socket = null
      playback.clear(0)
      stopVoicemail('hang_up')
      stopCall()
      vad?.close()
      if (open) {
        open.onClose = () => {}
        open.onFrame = () => {}
        open.close()
      }
      await Promise.allSettled(closing)
      closing = []
      tell({ type: 'closed', leg, isExpected: true, reason })
    },
  }
}

export type MediaLeg = ReturnType<typeof createLeg>

function frames(pcm: Pcm): Pcm[] {
  const cut: Pcm[] = []
  for (let at = 0; at + frameSamples <= pcm.length; at += frameSamples) cut.push(pcm.slice(at, at + frameSamples))
  return cut
}

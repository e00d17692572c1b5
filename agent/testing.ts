import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Engines } from '#lib/voice/adapters/index.ts'
import { encodeWav, wavHeader } from '#lib/voice/audio/wav.ts'
import type { Clock, Stt } from '#lib/voice/ports.ts'
import { createFakeVoice } from '#lib/voice/testing/fakes.ts'
import { createAdmission } from './admission.ts'
import type { House } from './call.ts'
import { createGuests } from './guests.ts'

/** Engines without weights: the voice's sound is its words, the ears are the test's. */
export function createFakeEngines(clock: Clock, stt: Stt | null): Engines {
  const voice = createFakeVoice(clock)
  const status = { isConfigured: true, isWorking: true, name: 'fake', message: 'Fake.' }
  return {
    stt,
    tts: {
      name: 'fake',
      voices: [],
      voiceFor: () => ({ id: 'fake', engine: 'fake' }),
      speak: (text, { language, signal }) => voice.speak(text, language, signal),
      speakStrictly: (text, { language, signal }) => voice.speak(text, language, signal),
      async close() {},
    },
    phrases: { find: () => undefined, get: async () => new Int16Array(0), prepare: async () => ({ failed: [] }) },
    vadFactory: () => ({ score: () => 0, reset() {}, close() {} }),
    canSpeak: () => true,
    status: () => ({ ears: status, voice: status }),
    async ready() {},
    async refresh() {},
    async close() {},
  }
}

export function createFakeHouse(clock: Clock, stt: Stt | null, recordingsDir: string): House & { messages: number[] } {
  const messages: number[] = []
  return {
    clock,
    engines: createFakeEngines(clock, stt),
    admission: createAdmission(4),
    guests: createGuests(clock),
    recordingsDir,
    hasRoom: () => true,
    onMessage: recording => void messages.push(recording),
    messages,
  }
}

export async function makeFolder(): Promise<{ path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'acs-agent-'))
  return { path, remove: () => rm(path, { recursive: true, force: true }) }
}

/** A finished WAV file, or one as a killed process leaves it. */
export async function writeRecording(path: string, samples: Int16Array, { isKilled = false } = {}): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  const whole = encodeWav(samples)
  if (isKilled) whole.set(wavHeader(0xffff_ffff), 0)
  await writeFile(path, whole)
}

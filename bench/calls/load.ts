import { availableParallelism } from 'node:os'
import { createFlite } from '#lib/voice/adapters/flite.ts'
import { encodeWav } from '#lib/voice/audio/wav.ts'
import { measure, type Result, type Subject } from '../subject.ts'
import { ordinarily, startRecogniserProcess } from './place.ts'

/** Callers whose words are being recognised all the time, as many as there are cores. Resolves when they are at work. */
export async function busyEars(): Promise<{ end(): Promise<void> }> {
  const { url, child } = await ordinarily(startRecogniserProcess)
  const said = createFlite()('and then my brother said that the weather was very good, so we went to the river', 'rms')
  const stopping = new AbortController()

  async function keepBusy(): Promise<void> {
    while (!stopping.signal.aborted) {
      const form = new FormData()
      form.set('file', new Blob([new Uint8Array(encodeWav(said))]), 'turn.wav')
      const answer = await fetch(`${url}/v1/audio/transcriptions`, {
        method: 'POST',
        body: form,
        signal: stopping.signal,
      }).catch(() => null)
      await answer?.text().catch(() => '')
    }
  }

  const work = Array.from({ length: availableParallelism() }, keepBusy)
  await new Promise(resolve => setTimeout(resolve, 1_000))
  return {
    async end() {
      stopping.abort()
      await Promise.all(work)
      const gone = new Promise(resolve => child.once('exit', resolve))
      child.kill('SIGTERM')
      await gone
    },
  }
}

/** Eight clients who sign in again and again, from a process of their own. */
export function logins(web: Subject, durationMs: number): Promise<Result> {
  const body = JSON.stringify({ username: 'anna', password: 'Quiet-harbour-58' })
  const request = { method: 'POST', path: '/auth/login', body }
  return ordinarily(() => measure(web, { connections: 8, durationMs, request }))
}

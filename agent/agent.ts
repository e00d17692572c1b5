import { randomUUID } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { hasRoomToRecord } from '#lib/calls/index.ts'
import { database } from '#lib/database.ts'
import type { Env } from '#lib/env.ts'
import { log } from '#lib/log.ts'
import { noteEmergencyCall, warmModel } from '#lib/screening/index.ts'
import { createBrowserLine } from '#lib/telephony/browser-line.ts'
import { openGuest } from '#lib/telephony/guest.ts'
import {
  connectTelephony,
  fallbackRecordings,
  type MediaThread,
  startMedia,
  type Telephony,
} from '#lib/telephony/index.ts'
import { readCapacity } from '#lib/voice/adapters/capacity.ts'
import { createEngines, type Engines, systemClock, vadModulePath } from '#lib/voice/adapters/index.ts'
import { createAdmission } from './admission.ts'
import { type House, type Incoming, type RunningCall, serveCall } from './call.ts'
import { createGuests } from './guests.ts'
import { agentName, type PartState, startHeartbeat } from './heartbeat.ts'
import { type BrowserCall, type BrowserGuest, listenForMicrophones } from './microphone.ts'
import { createOrders } from './orders.ts'
import { answerPreview } from './preview.ts'
import { importFallbackRecordings, recoverRecordings } from './recovery.ts'
import { lineOwners, spokenLines } from './repo.ts'
import { createTranscripts } from './transcripts.ts'
import { prepareLine, speakable } from './voice.ts'

const roomEveryMs = 10_000
const recoverEveryMs = 20_000
const prepareEveryMs = 60_000
const drainMs = 7_000

export type Agent = {
  /** Calls may end within a few seconds, then what is left goes to the dialplan. Never rejects. */
  stop(): Promise<void>
  readonly calls: number
}

export type AgentOptions = { env: Env; engines?: Engines; telephony?: typeof connectTelephony }

/** The voice process: everything is made here, and handed to what needs it. */
export async function startAgent({
  env,
  engines = createEngines(env),
  telephony: connect = connectTelephony,
}: AgentOptions): Promise<Agent> {
  const clock = systemClock
  const running = new Set<RunningCall>()
  const rows = new Map<number, RunningCall>()
  const orders = createOrders(clock, agentName)
  const transcripts = createTranscripts({ clock, ears: () => engines.stt })
  const stopping = new AbortController()
  let hasRoom = true
  let worstLateMs = 0
  await mkdir(env.RECORDINGS_DIR, { recursive: true, mode: 0o700 })

  const house: House = {
    clock,
    engines,
    admission: createAdmission(env.MAX_CONVERSATIONS ?? (await measuredCapacity(env, engines))),
    guests: createGuests(clock),
    recordingsDir: env.RECORDINGS_DIR,
    hasRoom: () => hasRoom,
    onMessage: () => transcripts.wake(),
  }

  function take(incoming: Incoming): void {
    if (stopping.signal.aborted) return void incoming.line.release().catch(() => {})
    void serveCall(house, incoming, call => {
      running.add(call)
      void call.row.then(
        row => {
          orders.add(row, call.session)
          rows.set(row, call)
          void call.done.finally(() => {
            orders.remove(row)
            rows.delete(row)
          })
        },
        () => {},
      )
      void call.done.finally(() => running.delete(call))
    })
  }

  const telephony = env.isAsteriskConfigured ? await connectPhones() : null
  const media: MediaThread = telephony?.media ?? (await startMedia(mediaAlone))
  media.onLoad(load => {
    worstLateMs = load.worstLateMs
  })

  async function connectPhones(): Promise<Telephony> {
    const phones = await connect({
      env,
      clock,
      media: { vadModule: vadModulePath },
      onEmergency: atMs => void noteEmergency(atMs),
      onCall(call) {
        take({
          line: call.line,
          callId: call.id,
          callerNumber: call.callerNumber || 'anonymous',
          calledNumber: call.calledNumber,
          channel: call.channelName,
          source: 'phone',
        })
      },
    })
    phones.onState(({ isConnected }) => {
      if (isConnected) void importMessages(phones)
    })
    return phones
  }

  /** Whoever lives here: for a while their callers ring through, because it may be the rescue that calls back. */
  async function noteEmergency(atMs: number): Promise<void> {
    try {
      for (const userId of await lineOwners(await database())) await noteEmergencyCall(userId, atMs)
      log.warn('an emergency call left the house: callers ring through for a while')
    } catch (error) {
      log.error({ err: error }, 'an emergency call could not be noted')
    }
  }

  async function importMessages(phones: Telephony): Promise<void> {
    try {
      const imported = await importFallbackRecordings(await fallbackRecordings(phones.ari), env.RECORDINGS_DIR)
      if (imported > 0) {
        log.info({ imported }, 'messages that the dialplan took are in the inbox')
        transcripts.wake()
      }
    } catch (error) {
      log.warn({ err: error }, 'the dialplan’s own messages could not be looked at')
    }
  }

  function takeBrowser({ userId, callerNumber, calledNumber, socket, tell }: BrowserCall): void {
    const callId = `try-${randomUUID()}`
    tell({ type: 'call', callId })
    take({
      line: createBrowserLine({ socket, media, clock }),
      callId,
      callerNumber,
      calledNumber,
      source: 'try',
      userId,
      onNote(note, atMs) {
        if (note.kind === 'answered') tell({ type: 'answered' })
        tell({ type: 'event', atMs: Math.round(atMs), kind: note.kind, data: note.data })
      },
    })
  }

  /** Another person's call is none, as everywhere. */
  async function welcomeOwner({ userId, call, socket, tell }: BrowserGuest): Promise<void> {
    const found = rows.get(call)
    if (!found || found.userId !== userId || found.session.state.phase === 'ended') {
      return socket.close('There is no such call.')
    }
    if (found.session.state.phase === 'joined') return socket.close('Somebody has taken this call.')
    try {
      const guest = await openGuest({ socket, media, clock })
      if (house.guests.arrive(call, guest)) tell({ type: 'waiting' })
      else await guest.hangUp('Somebody is taking this call.')
    } catch (error) {
      log.warn({ err: error }, 'a browser’s microphone could not be opened')
    }
  }

  const microphones = await listenForMicrophones(
    env.agentSocket,
    { onCall: takeBrowser, onGuest: guest => void welcomeOwner(guest) },
    answerPreview(engines.tts),
  )
  const heartbeat = startHeartbeat(clock, () => ({
    load: running.size,
    state: {
      calls: running.size,
      conversations: house.admission.withEars,
      worst_late_ms: Math.round(worstLateMs),
      ...partStates(engines, telephony),
    },
  }))

  const jobs = [
    repeat(roomEveryMs, async () => {
      hasRoom = await hasRoomToRecord(env.RECORDINGS_DIR, env.MIN_FREE_SPACE_MB)
    }),
    repeat(recoverEveryMs, async () => {
      const saved = await recoverRecordings()
      if (saved > 0) log.warn({ saved }, 'recordings of a process that was killed are saved')
      if (saved > 0) transcripts.wake()
    }),
    repeat(prepareEveryMs, async () => {
      await engines.ready()
      for (const line of await spokenLines(await database())) {
        await prepareLine(engines, speakable(line, engines.canSpeak), stopping.signal)
      }
    }),
  ]
  void warmModel().catch(() => {})
  transcripts.wake()

  return {
    get calls() {
      return running.size
    },
    async stop() {
      stopping.abort()
      for (const job of jobs) job()
      transcripts.close()
      await telephony?.drain(drainMs).catch(error => log.warn({ err: error }, 'calls could not be drained'))
      for (const { session } of running) session.send({ type: 'drain' })
      const late = new Promise<void>(resolve => clock.after(2_000, resolve))
      await Promise.race([Promise.all([...running].map(call => call.done)), late])
      orders.close()
      await Promise.allSettled([heartbeat.stop(), microphones.close(), telephony?.close()])
      if (!telephony) await media.close().catch(() => {})
      await engines.close().catch(() => {})
    },
  }

  /** Now and then again and again, never twice at once; a failure is logged and the next round tries again. */
  function repeat(everyMs: number, job: () => Promise<void>): () => void {
    let cancel = () => {}
    const round = async () => {
      await job().catch(error => {
        if (!stopping.signal.aborted) log.warn({ err: error }, 'work beside the calls failed and will be tried again')
      })
      if (!stopping.signal.aborted) cancel = clock.after(everyMs, () => void round())
    }
    void round()
    return () => cancel()
  }
}

/** What the doctor measured for the ears that are installed. */
async function measuredCapacity({ DATA_DIR }: Env, engines: Engines): Promise<number> {
  await engines.refresh().catch(() => {})
  return readCapacity(DATA_DIR, engines.stt?.name ?? null)
}

const mediaAlone = {
  vadModule: vadModulePath,
  audiosocket: { host: '127.0.0.1', port: 0 },
}

function partStates(engines: Engines, telephony: Telephony | null): Record<string, PartState> {
  const { ears, voice } = engines.status()
  const phone = telephony?.status()
  return {
    speech: { isConfigured: ears.isConfigured, isWorking: ears.isWorking, say: ears.message },
    tts: { isConfigured: voice.isConfigured, isWorking: voice.isWorking, say: voice.message },
    telephone: {
      isConfigured: telephony !== null,
      isWorking: phone?.isConnected ?? false,
      say: phone
        ? (phone.trouble ?? (phone.isConnected ? 'Asterisk is connected.' : 'Asterisk does not answer.'))
        : 'No telephone is connected: set ASTERISK_PASSWORD to connect Asterisk.',
    },
  }
}

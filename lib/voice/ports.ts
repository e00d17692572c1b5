/**
 * What the conversation needs from the world. Every port has a fake in testing/ and one contract suite that runs on the
 * fake and on each adapter. Audio is mono signed 16-bit PCM at 16,000 Hz; a frame is 20 ms: 320 samples, 640 bytes.
 */
export const rateHz = 16_000
export const frameMs = 20
export const frameSamples = 320

export type Pcm = Int16Array
export type Language = 'en' | 'de'

export type Clock = {
  /** Milliseconds; only differences mean anything. */
  now(): number
  /** Calls `run` after `delayMs`; the returned function cancels. */
  after(delayMs: number, run: () => void): () => void
}

/** Voice activity. One instance per call; it keeps state between frames. Runs in the media thread. */
export type Vad = {
  /** Probability 0..1 that this frame (20 ms) holds speech. */
  score(frame: Pcm): number
  /** How long it goes on hearing speech that has ended; left out: not at all. */
  readonly tailMs?: number
  reset(): void
  close(): void
}

export type Heard = { text: string; language?: Language; confidence?: number; tookMs: number }

export type Stt = {
  readonly name: string
  /**
   * Text of one utterance. Rejects on failure or abort; never invents: silence is `text: ''`. `isPartial`: of one that goes
   * on, worth having only from ears that have nothing else to do; others refuse at once.
   */
  transcribe(
    audio: Pcm,
    options: { language: Language; signal: AbortSignal; urgent?: boolean; isPartial?: boolean },
  ): Promise<Heard>
  close(): Promise<void>
}

export type Tts = {
  readonly name: string
  readonly voices: readonly { id: string; language: Language; label: string }[]
  /** Streams speech in pieces of any length as soon as the first is ready. */
  speak(text: string, options: { voice?: string; language: Language; signal: AbortSignal }): AsyncIterable<Pcm>
  close(): Promise<void>
}

export type ChatMessage = { role: 'system' | 'user' | 'assistant'; content: string }

export type Llm = {
  readonly name: string
  /** Streams the answer's text. `schema` is a JSON schema the answer should fit; the caller parses tolerantly all the same. */
  chat(request: {
    messages: ChatMessage[]
    schema?: Record<string, unknown>
    maxTokens?: number
    signal: AbortSignal
  }): AsyncIterable<string>
  close(): Promise<void>
}

export type DialOutcome = 'answered' | 'busy' | 'no_answer' | 'declined' | 'failed' | 'cancelled'

/** What a line tells. `atMs` is the clock's. */
export type LineEvent = { atMs: number } & (
  | { type: 'playback_started'; playback: number }
  /** `isComplete` is false when it was cleared; `playedMs` is what reached the caller. */
  | { type: 'playback_finished'; playback: number; playedMs: number; isComplete: boolean }
  | { type: 'speech_started' }
  /** Too short or unvoiced after all: nothing will follow. */
  | { type: 'speech_dismissed' }
  /** The utterance as far as it has come; only where `listen` asked for it. */
  | { type: 'speech_so_far'; audio: Pcm }
  /** One utterance; on a text line `text` is given and `audio` is empty. */
  | { type: 'utterance'; audio: Pcm; speechMs: number; endedAtMs: number; text?: string }
  | { type: 'dtmf'; digit: string }
  | {
      type: 'recording_finished'
      cause: 'silence' | 'key' | 'limit' | 'hang_up' | 'stopped'
      durationMs: number
      path: string
      bytes: number
    }
  /** The whole call was written (see recordCall); comes once, after the line is gone. */
  | { type: 'call_recorded'; path: string; durationMs: number; bytes: number }
  /** Something broke on a line that goes on: ears that do not load, a disk that is full. */
  | { type: 'trouble'; part: 'vad' | 'recording'; message: string }
  | { type: 'hung_up'; cause: string }
  /** The line itself is gone; like hung_up, nothing follows. */
  | { type: 'failed'; message: string }
)

/** One call's audio and signalling, seen from the conversation: a telephone, a browser's microphone, or text. */
export type Line = {
  readonly kind: 'phone' | 'browser' | 'text'
  on(listener: (event: LineEvent) => void): void
  /** From which country (two letters) the caller knows the ringing tone. */
  ringLike(country: string): void
  /** Resolves when audio can flow. */
  answer(): Promise<void>
  /** Plays `audio` as it arrives, after what is already queued; events carry `playback`. On a text line `text` is the message. */
  play(playback: number, audio: AsyncIterable<Pcm> | Pcm, text: string): void
  /** Silence now (within one frame); the rest is kept so that `resume` can go on where it stopped. */
  pause(): void
  resume(): void
  /** Drops everything queued. */
  clear(): void
  /**
   * How to hear from now on: silence that ends an utterance (ms), whether our own voice is playing (raises the threshold),
   * whether the line may `pause` what is playing by itself as soon as speech starts (a busy conversation would be late), and
   * how often ongoing speech is told as far as it has come (left out: never).
   */
  listen(options: {
    endOfSpeechMs: number
    isSpeaking: boolean
    yieldsToSpeech?: boolean
    reportEveryMs?: number
  }): void
  /**
   * Rings a destination. The caller hears ringback until the answered leg is joined or dropped; a line that was not
   * answered yet passes real ringing on. The answered leg waits apart until `join`, which answers the caller if needed.
   * Several may be asked one after the other, never two at once.
   */
  dial(
    destination: string,
    options: { timeoutMs: number; callerName: string; signal: AbortSignal },
  ): Promise<{ outcome: DialOutcome; leg?: Leg }>
  /**
   * Lets somebody at a browser's microphone talk with the caller: like `dial`, without ringing anybody. The caller hears
   * ringback until they are there.
   */
  admit(
    guest: Promise<Guest | null>,
    options: { signal: AbortSignal },
  ): Promise<{ outcome: DialOutcome; leg?: Pick<Leg, 'join' | 'hangUp'> }>
  /** Starts writing what the caller says to `path` (WAV); ends with recording_finished. */
  record(options: { path: string; maxMs: number; silenceMs: number; beep: boolean }): void
  stopRecording(): void
  /** Writes both sides from now on until the call ends: stereo WAV, caller left, our voice right. */
  recordCall(path: string): void
  /** Before `answer`, busy and rejected are what the caller's network is told. */
  hangUp(cause: 'normal' | 'busy' | 'rejected'): Promise<void>
  /** Gives the caller to the dialplan's own fallback; where there is none (browser, text) it hangs up. */
  release(): Promise<void>
}

/** The other person's leg while a call is being handed over. */
export type Leg = {
  /** Speaks to this leg alone. Resolves when it was played. */
  say(audio: AsyncIterable<Pcm> | Pcm, signal: AbortSignal): Promise<void>
  /** The next key, or null after `timeoutMs` or hang-up. */
  key(timeoutMs: number, signal: AbortSignal): Promise<string | null>
  /**
   * Joins caller and leg; from here humans talk and our limits end. Resolves when either hung up, or when the leg's
   * connection was lost and the caller's was not.
   */
  join(): Promise<{ endedBy: 'caller' | 'leg' | 'lost'; talkedMs: number }>
  hangUp(): Promise<void>
}

/** Somebody at a browser's microphone who wants to talk on a line of this process. */
export type Guest = {
  /** Their leg in the media thread. */
  readonly leg: number
  /** `left`: they hung up. `lost`: their connection ended without a word. Called once, at once when it already is so. */
  onGone(listener: (how: 'left' | 'lost') => void): void
  /** `reason` is told to their page. */
  hangUp(reason: string): Promise<void>
}

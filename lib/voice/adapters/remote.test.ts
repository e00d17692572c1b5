import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { encodeWav } from '../audio/wav.ts'
import { sttContract, ttsContract } from '../testing/contract.ts'
import { systemClock } from './clock.ts'
import { createFlite } from './flite.ts'
import { endpoint } from './http.ts'
import { createHttpStt } from './stt-http.ts'
import { createHttpTts } from './tts-http.ts'

type Answer = (body: Buffer, request: IncomingMessage, response: ServerResponse) => void
let answer: Answer
let url: string
let requests = 0
const server = createServer((request, response) => {
  const pieces: Buffer[] = []
  request.on('data', piece => pieces.push(piece))
  request.on('end', () => {
    requests += 1
    answer(Buffer.concat(pieces), request, response)
  })
})
beforeAll(async () => {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

const flite = createFlite()
const speech = flite('Good morning, my name is Miller.', 'rms')
const never = () => new AbortController().signal
const json = (response: ServerResponse, body: unknown, status = 200) =>
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))

const tone = (hz: number, seconds: number) =>
  new Int16Array(hz * seconds).map((_, i) => Math.round(9000 * Math.sin((i / hz) * 2 * Math.PI * 300)))
const speakBack: Answer = (body, _, response) => {
  const { input } = JSON.parse(body.toString()) as { input: string }
  response.writeHead(200, { 'content-type': 'audio/wav' }).end(encodeWav(tone(24_000, input.length / 12), 24_000))
}
const hearBack: Answer = (_, __, response) => json(response, { text: ' Good morning, my name is Miller. ' })

test('people write the address of a server in many ways', () => {
  const path = '/audio/transcriptions'
  for (const base of [
    'http://h:1',
    'http://h:1/',
    'http://h:1/v1',
    'http://h:1/v1/',
    'http://h:1/v1/audio/transcriptions',
  ]) {
    expect(endpoint(base, path)).toBe('http://h:1/v1/audio/transcriptions')
  }
  expect(endpoint('http://h/inference', path)).toBe('http://h/inference')
})

describe('with a server that works', () => {
  beforeAll(() => {
    answer = (body, request, response) =>
      request.url?.includes('speech') ? speakBack(body, request, response) : hearBack(body, request, response)
  })
  sttContract('A transcription server', () => createHttpStt({ url, clock: systemClock }), { speech: () => speech })
  ttsContract('A speech server', () => createHttpTts({ url, clock: systemClock }))
})

describe('ears over HTTP', () => {
  const ears = (more: object = {}) => createHttpStt({ url, clock: systemClock, ...more })
  const hear = (stt = ears()) => stt.transcribe(speech, { language: 'de', signal: never() })

  test('the request is what OpenAI’s clients send', async () => {
    let sent = ''
    let headers: IncomingMessage['headers'] = {}
    answer = (body, request, response) => {
      sent = body.toString('latin1')
      headers = request.headers
      hearBack(body, request, response)
    }
    await hear(ears({ apiKey: 'secret', model: 'whisper-large' }))
    expect(headers.authorization).toBe('Bearer secret')
    expect(headers['content-type']).toMatch(/^multipart\/form-data/)
    for (const part of ['whisper-large', 'name="language"\r\n\r\nde', 'RIFF', 'filename="speech.wav"']) {
      expect(sent).toContain(part)
    }
  })

  test.each<[string, Answer, string]>([
    [
      'plain text',
      (_, __, r) => r.writeHead(200, { 'content-type': 'text/plain' }).end(' hello there '),
      'hello there',
    ],
    ['verbose JSON', (_, __, r) => json(r, { text: 'hello', segments: [{ no_speech_prob: 0.1 }] }), 'hello'],
    ['segments without speech', (_, __, r) => json(r, { text: 'x', segments: [{ no_speech_prob: 0.95 }] }), ''],
    ['an invention', (_, __, r) => json(r, { text: 'Thanks for watching!' }), ''],
    ['a sound in brackets', (_, __, r) => json(r, { text: '[Music]' }), ''],
    ['control characters in words', (_, __, r) => json(r, { text: 'hel\u0000lo' }), 'hel lo'],
  ])('%s is understood', async (_, given, text) => {
    answer = given
    expect((await hear()).text).toBe(text)
  })

  test.each<[string, Answer, RegExp]>([
    ['an error inside 200', (_, __, r) => json(r, { error: 'secret trouble' }), /reported an error\.$/],
    ['a wrong key', (_, __, r) => json(r, {}, 401), /answered 401: the API key is missing or wrong\.$/],
    ['no such model', (_, __, r) => json(r, {}, 404), /404: there is no such address or model\.$/],
    ['a web page', (_, __, r) => r.end('<html>Login</html>'), /answered a web page/],
    ['broken JSON', (_, __, r) => r.writeHead(200, { 'content-type': 'application/json' }).end('{"te'), /broken JSON/],
    ['JSON without text', (_, __, r) => json(r, { words: [] }), /without a text/],
    ['a flood', (_, __, r) => r.end('x'.repeat(400_000)), /more than 256 KB/],
    ['a cut connection', (_, __, r) => void r.destroy(), /cannot be reached \(the connection was cut\)/],
  ])('%s ends as one sentence', async (_, given, sentence) => {
    answer = given
    await expect(hear()).rejects.toThrow(sentence)
  })

  test('a server that never answers is given up at the deadline', async () => {
    answer = () => {}
    await expect(hear(ears({ timeoutMs: -2000 }))).rejects.toThrow('took too long')
  })

  test('after two failures callers do not wait for a dead server any more', async () => {
    answer = (_, __, response) => json(response, {}, 500)
    const stt = ears()
    for (let i = 0; i < 2; i++) await expect(hear(stt)).rejects.toThrow('500')
    const before = requests
    await expect(hear(stt)).rejects.toThrow('500')
    expect(requests).toBe(before)
    expect(stt.lastError()).toContain('500')
  })
})

describe('a voice over HTTP', () => {
  /** The breath behind a last sentence. */
  const pauseSamples = 640
  const voice = (more: object = {}) => createHttpTts({ url, clock: systemClock, ...more })
  const say = async (text: string, tts = voice()) => {
    let samples = 0
    for await (const piece of tts.speak(text, { language: 'en', signal: never() })) samples += piece.length
    return samples
  }
  beforeEach(() => {
    answer = speakBack
  })

  test('raw samples are taken at the rate the server names', async () => {
    answer = (_, __, response) => {
      response.writeHead(200, { 'content-type': 'audio/pcm; rate=8000' }).end(Buffer.from(tone(8000, 1).buffer))
    }
    expect(await say('Hello there.')).toBe(16_000 + pauseSamples)
  })

  test('the silence that a server puts around a sentence is no dead air', async () => {
    answer = (_, __, response) => {
      const padded = new Int16Array(16_000 * 3)
      padded.set(tone(16_000, 1), 16_000)
      response.writeHead(200, { 'content-type': 'audio/wav' }).end(encodeWav(padded, 16_000))
    }
    const beforeAndBehind = 320 + 640 + pauseSamples
    expect(Math.abs((await say('Hello there.')) - 16_000 - beforeAndBehind)).toBeLessThan(16)
  })

  test('sound is played while it arrives, in pieces of any size', async () => {
    answer = (_, __, response) => {
      const wav = Buffer.from(encodeWav(tone(16_000, 1)))
      wav.writeUInt32LE(0xffff_ffff, 40)
      for (let at = 0; at < wav.length; at += 777) response.write(wav.subarray(at, at + 777))
      response.end()
    }
    expect(await say('Hello there.')).toBe(16_000 + pauseSamples)
  })

  test.each<[string, Answer, RegExp]>([
    ['JSON instead of sound', (_, __, r) => json(r, { error: 'no' }), /application\/json instead of sound/],
    ['something else', (_, __, r) => r.end('not sound at all'), /not a WAV file/],
    ['nothing', (_, __, r) => r.end(), /answered no sound/],
    ['an error', (_, __, r) => json(r, {}, 503), /503: it is busy/],
  ])('%s ends as one sentence', async (_, given, sentence) => {
    answer = given
    await expect(say('Hello there.')).rejects.toThrow(sentence)
  })

  test('a server that is silent is given up', async () => {
    answer = () => {}
    await expect(say('Hello.', voice({ firstSoundMs: 50 }))).rejects.toThrow('took too long')
  })

  test('the next sentence is asked for while this one plays, and no further', async () => {
    const before = requests
    for await (const _ of voice().speak('One is here. Two is here. Three is here. Four is here.', {
      language: 'en',
      signal: never(),
    })) {
      break
    }
    expect(requests - before).toBeLessThanOrEqual(2)
  })
})

import type { CallDetailDto } from '#lib/calls/contract.ts'
import { createFlite } from '#lib/voice/adapters/flite.ts'
import { phrases } from '#lib/voice/phrases/index.ts'
import type { Recogniser } from '../recogniser/index.ts'
import { beepHz } from './ear.ts'
import type { House } from './house.ts'
import type { Person } from './people.ts'

const flite = createFlite()
const { sayAgain, areYouThere } = phrases('en')
const mostTries = 5

export const speak = (person: Person, text: string) => person.say(flite(text, 'rms'))

/** Waits until a person has heard a sound and then silence; when the last sound was. */
export async function heardOut(person: Person, fromMs = 0): Promise<number> {
  const soundMs = await person.ear.sound({ fromMs, timeoutMs: 40_000 })
  return person.ear.quiet({ fromMs: soundMs, lastingMs: 900, timeoutMs: 60_000 })
}

/** Leaves a message as people do: after the tone, and with a breath before the key that ends it. */
export async function leaveMessage(caller: Person, text: string, askedMs: number): Promise<void> {
  // what is said before the tone is over is no part of the message
  await caller.ear.toneOver(beepHz, { fromMs: askedMs, timeoutMs: 60_000 })
  await speak(caller, text)
  // the key takes another way than the voice, and must not overtake its last words
  await new Promise(resolve => setTimeout(resolve, 600))
  await caller.press('#')
}

/** What the assistant of a running call is doing at last. */
export function doingNow({ timeline }: CallDetailDto): string {
  const last = timeline.findLast(({ kind }) => kind === 'doing')
  return String((last?.data as { doing?: unknown } | undefined)?.doing ?? '')
}

/** Conversations that wait for what happens, not for a time: they hold on the slowest machine. */
export function createTalking(house: House, recogniser: Recogniser) {
  const until = (isReady: (call: CallDetailDto) => boolean, timeoutMs = 90_000) => house.newestCall(isReady, timeoutMs)
  const untilDoing = (doing: RegExp) => until(call => doing.test(doingNow(call)))

  return {
    until,
    untilDoing,
    /** What a person heard since a moment, in words. */
    wordsHeard: (person: Person, fromMs = 0) => recogniser.transcribe(person.ear.spoken(fromMs)),
    /** Speaks as a patient caller does: again, when the assistant asks for it, until `isDone`. */
    async tell(caller: Person, text: string, isDone: (call: CallDetailDto) => boolean): Promise<CallDetailDto> {
      for (let tries = 1; ; tries++) {
        const before = requests(await until(() => true))
        await speak(caller, text)
        const call = await until(one => isDone(one) || (requests(one) > before && doingNow(one) === 'Listening'))
        if (isDone(call)) return call
        if (tries === mostTries) throw new Error(`"${text}" was not understood: ${JSON.stringify(call.turns)}`)
      }
    },
  }
}

/** How often the caller was asked to say it again. */
function requests({ turns }: CallDetailDto): number {
  return turns.filter(({ who, text }) => who === 'assistant' && (text === sayAgain || text === areYouThere)).length
}

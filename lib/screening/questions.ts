import type { Turn } from './contract.ts'

/** What the line can ask. Each is asked at most once in a call; the rest of the conversation is closed with a message. */
export type Topic = 'who_and_why' | 'why' | 'who' | 'more' | 'urgent' | 'repeat'

type Language = 'en' | 'de'

const questions: Record<Language, Record<Topic, string>> = {
  en: {
    who_and_why: 'Who is calling, please, and what is it about?',
    why: 'What is it about, please?',
    who: 'May I ask who is calling?',
    more: 'Could you tell me a little more about what it is about?',
    urgent: 'Is it urgent, or may I take a message?',
    repeat: 'I am sorry, I did not understand. Could you say again what it is about?',
  },
  de: {
    who_and_why: 'Wer ist am Apparat, und worum geht es bitte?',
    why: 'Worum geht es bitte?',
    who: 'Darf ich fragen, wer anruft?',
    more: 'Können Sie mir etwas genauer sagen, worum es geht?',
    urgent: 'Ist es dringend, oder darf ich eine Nachricht aufnehmen?',
    repeat: 'Entschuldigung, das habe ich nicht verstanden. Worum geht es noch einmal?',
  },
}

export const mostQuestions = 3

export function questionText(topic: Topic, language: Language): string {
  return questions[language][topic]
}

export function withheldQuestion(language: Language): string {
  return language === 'de'
    ? 'Ihre Nummer ist unterdrückt. Drücken Sie die 1, um fortzufahren.'
    : 'Your number is withheld. Press 1 to go on.'
}

/** Reads back the beginning of a number, so that it is another question each time. */
export function restOfNumber(digits: string, language: Language): string {
  const spaced = digits.replace(/(?<=\d)(?=\d)/g, ' ')
  return language === 'de'
    ? `Ich habe ${spaced}. Wie geht die Nummer weiter?`
    : `I have ${spaced}. How does the number go on?`
}

const fold = (text: string) =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

export function isSameText(a: string, b: string): boolean {
  return fold(a) === fold(b)
}

/** How many questions the line has put so far; its greeting is none, although it asks. */
export function questionsAsked(turns: readonly Turn[], greeting: string): string[] {
  const firstCaller = turns.findIndex(turn => turn.who === 'caller')
  return turns
    .filter((turn, i) => {
      if (turn.who !== 'assistant' || !turn.text.includes('?')) return false
      const isGreeting =
        i < firstCaller && (isSameText(turn.text, greeting) || fold(turn.text).includes(fold(greeting)))
      return !isGreeting
    })
    .map(turn => turn.text)
}

/** The first of the wanted topics that has not been asked in either language; null when none is left or it was enough. */
export function nextQuestion(
  wanted: readonly Topic[],
  asked: readonly string[],
  language: Language,
): { topic: Topic; text: string } | null {
  if (asked.length >= mostQuestions) return null
  const topic = wanted.find(
    candidate =>
      !asked.some(text => isSameText(text, questions.en[candidate]) || isSameText(text, questions.de[candidate])),
  )
  return topic ? { topic, text: questions[language][topic] } : null
}

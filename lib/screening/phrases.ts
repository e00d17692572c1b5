type Closing = 'forward' | 'voicemail' | 'block'

const closings: Record<'en' | 'de', Record<Closing, string>> = {
  en: {
    forward: 'One moment please, I am putting you through.',
    voicemail: 'I will gladly take a message. Please speak after the tone.',
    block: 'Thank you, but we do not take such calls. Goodbye.',
  },
  de: {
    forward: 'Einen Moment bitte, ich verbinde Sie.',
    voicemail: 'Ich nehme gern eine Nachricht auf. Bitte sprechen Sie nach dem Ton.',
    block: 'Vielen Dank, aber solche Anrufe nehmen wir nicht an. Auf Wiederhören.',
  },
}

/** What the caller hears before the decision is carried out. */
export function closingWords(action: Closing, language: 'en' | 'de'): string {
  return closings[language][action]
}

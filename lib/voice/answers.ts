import type { Language } from './ports.ts'

/** What short answers mean to the conversation itself, before anybody decides anything: yes and no, a hum, an unfinished sentence. */

const yes: Record<Language, RegExp> = {
  en: /\b(yes|yeah|yep|yup|sure|correct|right|exactly|ok|okay|please do|that'?s it|fine|of course|absolutely)\b/,
  de: /\b(ja|jo|jawohl|genau|richtig|stimmt|korrekt|gerne?|natürlich|klar|okay|ok|passt)\b/,
}
const no: Record<Language, RegExp> = {
  en: /\b(no|nope|nah|wrong|incorrect|not right|isn'?t right|not correct|don'?t|different|another|other number)\b/,
  de: /\b(nein|ne|nee|nö|falsch|nicht|andere|anderen|stimmt nicht)\b/,
}
const hums = /^(m+h?m*|mm+|h+m+|u+h+|u+m+|uh-?huh|mhm|aha|ah|oh|er+m*|ähm?|öhm?|hm+|okay|ok|right|ja|yeah)$/
const unfinished: Record<Language, RegExp> = {
  en: /\b(and|um|uh|erm|er|so|but|or|because|that|the|a|an|my|is|it'?s|to|from|at|of|for|with|about|on|number is|dot)$/,
  de: /\b(und|ähm|äh|öhm|also|aber|oder|weil|dass|der|die|das|den|dem|ein|eine|einen|mein|meine|ist|zu|von|vom|bei|im|in|für|mit|wegen|über|auf|nummer ist|punkt)$/,
}
const digitWord: Record<Language, RegExp> = {
  en: /\b(\d+|zero|oh|one|two|three|four|five|six|seven|eight|nine|double|triple)$/,
  de: /\b(\d+|null|eins|zwei|zwo|drei|vier|fünf|sechs|sieben|acht|neun|doppel)$/,
}

const plain = (text: string) =>
  text
    .toLowerCase()
    .replace(/[.,;:!?…"„“”]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()

/** True for yes, false for no, null for anything else; "no, that's right" is nobody's yes. */
export function readYesNo(text: string, language: Language): boolean | null {
  const words = plain(text)
  if (no[language].test(words)) return false
  return yes[language].test(words) ? true : null
}

/** A listener's noise, "mhm" or "okay": said while we speak, it is no interruption. */
export function isHum(text: string): boolean {
  const words = plain(text).split(' ')
  return words.length <= 3 && words.every(word => word === '' || hums.test(word))
}

/**
 * Our own sentence coming back from a telephone without echo cancelling: two words or more, nearly all of them ours. A caller
 * who repeats one word of ours is no echo.
 */
export function isEcho(heard: string, said: string): boolean {
  const ours = new Set(plain(said).split(' '))
  const theirs = plain(heard).split(' ').filter(Boolean)
  return theirs.length >= 2 && theirs.filter(word => ours.has(word)).length >= theirs.length * 0.75
}

/** Whether text holds any word at all; recognisers answer "..." or "[BLANK_AUDIO]" to noise. */
export function hasWords(text: string): boolean {
  return /[\p{L}\p{N}]/u.test(text.replace(/\[[^\]]*\]|\([^)]*\)|\*[^*]*\*/g, ''))
}

/**
 * Silence after which these words count as a whole turn. People pause in the middle of a number, after "and", before
 * the rest of an e-mail address: cutting them off there is the commonest complaint about voice assistants.
 */
export function patienceMs(text: string, language: Language, isNumberAsked: boolean): number {
  const words = plain(text)
  const digits = (words.match(/\d/g) ?? []).length + (words.match(digitWords(language)) ?? []).length
  if (isNumberAsked) return digits >= 10 ? 1_200 : 1_900
  if (digitWord[language].test(words) && digits >= 2) return digits >= 10 ? 1_000 : 1_700
  if (/@|\bat\b.*\bdot$|\b(at|ät)$/.test(words)) return 1_500
  return unfinished[language].test(words) ? 1_200 : 400
}

function digitWords(language: Language): RegExp {
  return language === 'en'
    ? /\b(zero|oh|one|two|three|four|five|six|seven|eight|nine)\b/g
    : /\b(null|eins|zwei|zwo|drei|vier|fünf|sechs|sieben|acht|neun)\b/g
}

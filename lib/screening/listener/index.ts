import type { Facts, Turn } from '../contract.ts'
import { questionText } from '../questions.ts'
import { findCallback, findOpenNumber } from './callback.ts'
import { findCaller } from './caller.ts'
import { digitsOf, findDigitRuns } from './digits.ts'
import { fold, guessLanguage, withoutFillers } from './fold.ts'
import type { Hearing } from './hearing.ts'
import { leaning } from './leaning.ts'
import { figures, patience } from './lexicon/figures.ts'
import { frauds } from './lexicon/fraud.ts'
import { relationship, sales } from './lexicon/sales.ts'
import { found, type Sign, score } from './lexicon/sign.ts'
import { asWritten } from './lexicon/speech.ts'
import { calm, demand, emergencies, urgencies } from './lexicon/urgency.ts'
import { manipulation, messageWords, nothingWords } from './lexicon/words.ts'
import { mend } from './misheard.ts'
import { findReason, findWants } from './reason.ts'

export type { Hearing } from './hearing.ts'

/** Words that anybody can say, beside those that tell what has happened. */
const claims = new Set(['an emergency', 'called urgent', 'called immediate'])
const calmEverywhere = new RegExp(calm.source, 'g')
const figuresEverywhere = new RegExp(figures.source, 'g')
/** Of ordinary calls one in forty leans further than the first, one in sixteen further than the second (eval/train.ts). */
const sureLean = 0.68
const doubtfulLean = 0.5
/** More than this is not a conversation: five minutes of speech are 4,000 letters. The beginning and the newest words count. */
const mostLetters = 5_000
const mostTurns = 40

/**
 * Understands a caller without any model: who, what, how urgent, sales or fraud, and at which number. English and German,
 * with or without the recogniser's punctuation. Pure, and quick enough for every call (about a millisecond).
 */
export function listen(turns: readonly Turn[], line: { country: string; language: 'en' | 'de' }): Hearing {
  const texts = wordsOf(turns)
  return texts.length === 0 ? silence(line.language) : understand(texts, line)
}

/** Most calls are asked about before anybody has spoken. */
function silence(language: 'en' | 'de'): Hearing {
  return {
    facts: { urgency: 'normal', isSales: false, isSuspicious: false },
    hasWords: false,
    salesScore: 0,
    fraudScore: 0,
    isManipulative: false,
    wantsMessage: false,
    wantsNothing: false,
    hasReason: false,
    mayBeUrgent: false,
    digits: [],
    language,
  }
}

function understand(texts: string[], line: { country: string; language: 'en' | 'de' }): Hearing {
  const { all, language } = plainWords(texts, line.language)

  const fraudSigns = found(frauds, all)
  const salesSigns = found(sales, all)
  const digitRuns = texts.map(findDigitRuns)
  const callback = findCallback(texts, digitRuns, line.country, language)
  const fraudScore = score(fraudSigns) + (callback.isCostly ? 2 : 0)
  const salesScore = Math.max(0, score(salesSigns) - (relationship.test(all) ? 3 : 0))
  const isManipulative = manipulation.test(all)
  const isSuspicious = fraudScore >= 2 || isManipulative
  const isSales = salesScore >= 2
  const costly = callback.isCostly ? ['names a premium-rate number'] : []
  const signs = [...(isSuspicious ? fraudSigns : []), ...(isSales ? salesSigns : [])].map(({ says }) => says)
  const warnings = [...(isManipulative ? ['gives the assistant orders'] : []), ...costly, ...signs]

  const { callerName, organisation } = findCaller(texts, language)
  const { reason, isClear } = findReason(texts, { callerName, organisation })
  const openNumber = findOpenNumber(digitRuns, line.country)
  const wants = findWants(all, language)
  const isDishonest = isSuspicious || isSales
  const heard = urgencyOf(all, salesScore > 0)
  // Lists know what they know; for the rest there is a feeling, which anything that sounds like a seller or a trick takes away.
  const isOpen = heard === 'normal' && salesScore === 0 && fraudScore === 0 && isClear && !nothingWords.test(all)
  const lean = isOpen ? leaning(all.replace(figuresEverywhere, ' ')) : 0
  const urgency = lean >= sureLean ? 'high' : heard
  const facts: Facts = {
    ...(callerName ? { callerName } : {}),
    ...(organisation ? { organisation } : {}),
    ...(reason ? { reason } : {}),
    ...(wants ? { wants } : {}),
    urgency: isDishonest ? 'normal' : urgency,
    ...(callback.number ? { callbackNumber: callback.number } : {}),
    isSales,
    isSuspicious,
    ...(warnings.length > 0 ? { warning: [...new Set(warnings)].slice(0, 3).join(', ') } : {}),
  }
  return {
    facts,
    hasWords: /[\p{L}\p{N}]/u.test(all),
    salesScore,
    fraudScore,
    isManipulative,
    wantsMessage: messageWords.test(all) || (callback.number !== undefined && callerName !== undefined),
    wantsNothing: nothingWords.test(all),
    hasReason: isClear,
    mayBeUrgent: !isDishonest && urgency === 'normal' && lean >= doubtfulLean,
    ...(openNumber ? { openNumber } : {}),
    digits: digitRuns.map(digitsOf),
    language,
  }
}

/** What was said, folded and mended, in the language that it seems to be. */
export function plainWords(texts: readonly string[], otherwise: 'en' | 'de'): { all: string; language: 'en' | 'de' } {
  const folded = texts.map(fold)
  const language = guessLanguage(folded.join(' '), otherwise)
  const all = folded.map(text => mend(asWritten(withoutFillers(text, language), language))).join(' . ')
  return { all: all.trim(), language }
}

const yes =
  /^(?:(?:oh|well|um|uh|äh|ähm|also|na|hm)[,.]?\s+)*(?:yes|yeah|yep|yup|very|it is|it sure is|absolutely|definitely|of course|i think so|afraid so|i'm afraid so|ja|jo|jawohl|doch|sehr|schon|unbedingt|natürlich|klar|ist es|leider ja)(?![\p{L}’'])/iu

function isUrgentQuestion(turn: Turn | undefined): boolean {
  return (
    turn?.who === 'assistant' &&
    (turn.text.includes(questionText('urgent', 'en')) || turn.text.includes(questionText('urgent', 'de')))
  )
}

/** The words of the caller, a turn each. "Yes" to the question whether it is urgent says that it is. */
function wordsOf(turns: readonly Turn[]): string[] {
  const texts: string[] = []
  let left = mostLetters
  const spoken = turns.map((turn, i) => ({ ...turn, isAnswer: isUrgentQuestion(turns[i - 1]) }))
  for (const { text, isAnswer } of spoken.filter(({ who }) => who === 'caller').slice(-mostTurns)) {
    const meant = isAnswer && yes.test(text.trim()) && !messageWords.test(fold(text)) ? `${text} (it is urgent)` : text
    texts.push(meant.slice(0, Math.max(0, left)))
    left -= text.length
  }
  return texts
}

/** From somebody who sounds like a seller (`isDoubtful`), or has time, only what has happened counts, and not that it is called urgent. */
function urgencyOf(text: string, isDoubtful: boolean): Facts['urgency'] {
  const pressing = text.replace(figuresEverywhere, ' ').replace(calmEverywhere, ' ').replace(demand, ' ')
  const hasTime = patience.test(text)
  const counts = ({ says }: Sign) => !(isDoubtful || (hasTime && says === 'an emergency')) || !claims.has(says)
  if (found(emergencies, pressing).some(counts)) return 'emergency'
  if (found(urgencies, pressing).some(counts)) return 'high'
  return calm.test(text) ? 'low' : 'normal'
}

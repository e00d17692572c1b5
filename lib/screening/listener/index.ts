import type { Facts, Turn } from '../contract.ts'
import { findCallback, findOpenNumber } from './callback.ts'
import { findCaller } from './caller.ts'
import { saidDigits } from './digits.ts'
import { fold, guessLanguage, withoutFillers } from './fold.ts'
import type { Hearing } from './hearing.ts'
import { frauds } from './lexicon/fraud.ts'
import { relationship, sales } from './lexicon/sales.ts'
import { found, type Sign, score } from './lexicon/sign.ts'
import { calm, demand, emergencies, urgencies } from './lexicon/urgency.ts'
import { manipulation, messageWords, nothingWords } from './lexicon/words.ts'
import { mend } from './misheard.ts'
import { findReason, findWants } from './reason.ts'

export type { Hearing } from './hearing.ts'

/** Words that anybody can say, beside those that tell what has happened. */
const claims = new Set(['an emergency', 'called urgent', 'called immediate'])
const calmEverywhere = new RegExp(calm.source, 'g')
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
    digits: [],
    language,
  }
}

function understand(texts: string[], line: { country: string; language: 'en' | 'de' }): Hearing {
  const all = texts
    .map(text => mend(withoutFillers(fold(text))))
    .join(' . ')
    .trim()
  const language = guessLanguage(all, line.language)

  const fraudSigns = found(frauds, all)
  const salesSigns = found(sales, all)
  const callback = findCallback(texts, line.country, language)
  const fraudScore = score(fraudSigns) + (callback.isCostly ? 2 : 0)
  const salesScore = Math.max(0, score(salesSigns) - (relationship.test(all) ? 3 : 0))
  const isManipulative = manipulation.test(all)
  const isSuspicious = fraudScore >= 2 || isManipulative
  const isSales = salesScore >= 2
  const costly = callback.isCostly ? ['names a premium-rate number'] : []
  const signs = [...(isSuspicious ? fraudSigns : []), ...(isSales ? salesSigns : [])].map(({ says }) => says)
  const warnings = [...(isManipulative ? ['gives the assistant orders'] : []), ...costly, ...signs]

  const { callerName, organisation } = findCaller(texts, language)
  const { reason, isClear } = findReason(texts)
  const openNumber = findOpenNumber(texts, line.country)
  const wants = findWants(all, language)
  const facts: Facts = {
    ...(callerName ? { callerName } : {}),
    ...(organisation ? { organisation } : {}),
    ...(reason ? { reason } : {}),
    ...(wants ? { wants } : {}),
    urgency: isSuspicious || isSales ? 'normal' : urgencyOf(all, salesScore > 0),
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
    ...(openNumber ? { openNumber } : {}),
    digits: texts.map(saidDigits),
    language,
  }
}

function wordsOf(turns: readonly Turn[]): string[] {
  const texts: string[] = []
  let left = mostLetters
  for (const { text } of turns.filter(({ who }) => who === 'caller').slice(-mostTurns)) {
    texts.push(text.slice(0, Math.max(0, left)))
    left -= text.length
  }
  return texts
}

/** From somebody who sounds like a seller (`isDoubtful`) only what has happened counts, and not that it is called urgent. */
function urgencyOf(text: string, isDoubtful: boolean): Facts['urgency'] {
  const pressing = text.replace(calmEverywhere, ' ').replace(demand, ' ')
  const counts = ({ says }: Sign) => !isDoubtful || !claims.has(says)
  if (found(emergencies, pressing).some(counts)) return 'emergency'
  if (found(urgencies, pressing).some(counts)) return 'high'
  return calm.test(text) ? 'low' : 'normal'
}

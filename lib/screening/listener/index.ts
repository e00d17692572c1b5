import type { Facts, Turn } from '../contract.ts'
import { findCallback } from './callback.ts'
import { saidDigits } from './digits.ts'
import { fold, guessLanguage, withoutFillers } from './fold.ts'
import type { Hearing } from './hearing.ts'
import {
  calm,
  emergencies,
  frauds,
  manipulation,
  messageWords,
  nothingWords,
  type Sign,
  sales,
  urgencies,
} from './lexicon.ts'
import { findName, findOrganisation } from './name.ts'
import { findReason, findWants } from './reason.ts'

export type { Hearing } from './hearing.ts'

/** More than this is not a conversation; what comes later is not listened to. */
const mostTurns = 40

/**
 * Understands a caller without any model: who, what, how urgent, sales or fraud, and at which number. English and German,
 * with or without the recogniser's punctuation. Pure, and quick enough for every call (about a millisecond).
 */
export function listen(turns: readonly Turn[], line: { country: string; language: 'en' | 'de' }): Hearing {
  const texts = turns
    .filter(turn => turn.who === 'caller')
    .slice(0, mostTurns)
    .map(turn => turn.text.slice(0, 4_000))
  const folded = texts.map(text => withoutFillers(fold(text)))
  const all = folded.join(' . ').trim()
  const language = guessLanguage(all, line.language)

  const frauds_ = found(frauds, all)
  const sales_ = found(sales, all)
  const emergency = found(emergencies, withoutCalm(all))
  const urgent = found(urgencies, withoutCalm(all))
  const fraudScore = score(frauds_)
  const salesScore = score(sales_)
  const isManipulative = manipulation.test(all)
  const isSuspicious = fraudScore >= 2 || isManipulative
  const isSales = salesScore >= 2
  const { reason, isClear } = findReason(texts)
  const warning = [...frauds_, ...sales_].map(({ says }) => says)

  const callerName = findName(texts)
  const organisation = findOrganisation(texts)
  const callbackNumber = findCallback(texts, line.country, language)
  const wants = findWants(all, language)
  const facts: Facts = {
    ...(callerName ? { callerName } : {}),
    ...(organisation ? { organisation } : {}),
    ...(reason ? { reason } : {}),
    ...(wants ? { wants } : {}),
    urgency: urgencyOf(all, emergency.length > 0, urgent.length > 0, isSuspicious || isSales),
    ...(callbackNumber ? { callbackNumber } : {}),
    isSales,
    isSuspicious,
    ...(isSuspicious || isSales
      ? {
          warning:
            isManipulative && warning.length === 0
              ? 'gives the assistant orders'
              : [...new Set(warning)].slice(0, 3).join(', '),
        }
      : {}),
  }
  return {
    facts,
    hasWords: /[a-z0-9]/.test(all.replace(/[ .]/g, '')),
    salesScore,
    fraudScore,
    isManipulative,
    wantsMessage: messageWords.test(all),
    wantsNothing: nothingWords.test(all),
    hasReason: isClear,
    digits: texts.map(saidDigits),
    language,
  }
}

function found(signs: readonly Sign[], text: string): Sign[] {
  return signs.filter(({ pattern }) => pattern.test(text))
}

function score(signs: readonly Sign[]): number {
  return signs.reduce((sum, { weight }) => sum + weight, 0)
}

function withoutCalm(text: string): string {
  return text.replace(new RegExp(calm.source, 'g'), ' ')
}

function urgencyOf(text: string, isEmergency: boolean, isUrgent: boolean, isDubious: boolean): Facts['urgency'] {
  if (isDubious) return 'normal'
  if (isEmergency) return 'emergency'
  if (isUrgent) return 'high'
  return calm.test(text) ? 'low' : 'normal'
}

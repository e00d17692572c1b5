import {
  type CountryCode,
  isSupportedCountry,
  type PhoneNumber,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/max'
import { once } from './once.ts'

/** The longest caller id that is looked at; SIP allows anything, people's telephones at most 15 digits. */
const longest = 64
const withheldWords =
  /^(|-|anonymous|anonym|unknown|unbekannt|private|privat|restricted|withheld|unavailable|blocked|no caller id|null|none|asterisk|s)$/i

/** What stands for the number in the SIP forms that trunks send: `"Anna" <sip:+4930...@host;user=phone>` is `+4930...`. */
export function bareNumber(number: string): string {
  const clipped = number.slice(0, 512)
  const address = /<([^>]*)>/.exec(clipped)?.[1] ?? clipped
  return (
    address
      .replace(/^(sips?|tel):/i, '')
      .replace(/[@;].*$/s, '')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: SIP names may hold them; they are never part of a number
      .replace(/[\u0000-\u001f\u007f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g, '')
      .trim()
      .slice(0, longest)
  )
}

/** A number that its caller, or the network, keeps to itself. */
export function isWithheld(number: string): boolean {
  return withheldWords.test(bareNumber(number))
}

/** What a number is matched by: E.164 when it parses with `country`, else its digits, else the word in lower case (`anna`). */
export function numberKey(number: string, country: string): string {
  const seen = once('number-keys', () => new Map<string, string>())
  const memo = `${country}\n${number.slice(0, 512)}`
  const found = seen.get(memo)
  if (found !== undefined) return found
  const key = keyOf(bareNumber(number), country)
  if (seen.size >= 5_000) seen.clear()
  seen.set(memo, key)
  return key
}

function keyOf(number: string, country: string): string {
  if (isWithheld(number)) return ''
  const parsed = parseNumber(number, country)
  // `030 1234567` has ten digits like an American number, but no American number begins with 0: then it stays what it is.
  const isReal = parsed?.isValid() || (parsed?.isPossible() && !parsed.nationalNumber.startsWith('0'))
  if (parsed && isReal) return parsed.number
  const digits = number.replace(/[^\d+*#]/g, '')
  return digits || number.toLowerCase().slice(0, 40)
}

/** The same number as somebody at home would dial it: `+49301234567` is `0301234567`. '' for what has no such form. */
export function nationalDigits(key: string): string {
  const digits = key.startsWith('+') ? parseNumber(key, '')?.formatNational().replace(/\D/g, '') : undefined
  return digits && digits.length >= 7 ? digits : ''
}

/** libphonenumber's view of a number; undefined when it is none, and for extensions. */
export function parseNumber(number: string, country: string): PhoneNumber | undefined {
  const text = number.trim()
  const digits = text.replace(/\D/g, '')
  if (digits.length > 20 || (!text.startsWith('+') && !text.startsWith('00') && digits.length < 7)) return undefined
  if (/[a-z]/i.test(text)) return undefined
  try {
    const home = isSupportedCountry(country) ? (country as CountryCode) : undefined
    const international = text.startsWith('00') && home !== 'US' && home !== 'CA' ? `+${digits.slice(2)}` : text
    return parsePhoneNumberFromString(international, home)
  } catch {
    return undefined
  }
}

const costlyTypes = new Set(['PREMIUM_RATE', 'SHARED_COST', 'UAN'])
/** Satellites, international networks and international premium numbers: favourites of toll fraud. */
const costlyPrefixes = /^\+(870|878|881|882|883|979|1900|1976)/
/** Expensive beginnings within a country, for numbers that are too short or too new for the metadata. */
const costlyNational: Record<string, RegExp> = {
  '1': /^(900|976)/,
  '33': /^(81|82|89)/,
  '41': /^(900|901|906)/,
  '43': /^(900|901|930|931|939)/,
  '44': /^(9|871|872|873|118)/,
  '49': /^(900|190|137|138|118|180)/,
}

const emergencyNumbers: Record<string, string[]> = {
  DE: ['110'],
  AT: ['122', '133', '144'],
  CH: ['117', '118', '144'],
  GB: ['999'],
  AU: ['000'],
  FR: ['15', '17', '18'],
}

/** Outside the house: something that the trunk, not an extension, would ring. */
export function isExternalNumber(target: string): boolean {
  return target.startsWith('+') || /^\d{7,}$/.test(target)
}

/** Why a call may never be put through to this target, in words; null when it may. */
export function forbiddenTarget(target: string, country: string): string | null {
  const emergency = ['112', '911', ...(emergencyNumbers[country] ?? [])]
  if (emergency.includes(target)) return `${target} is an emergency number: calls cannot be put through to it.`
  const number = numberKey(target, country)
  const parsed = parseNumber(target, country)
  const type = parsed?.getType()
  const isCostlyHere = parsed && costlyNational[parsed.countryCallingCode]?.test(parsed.nationalNumber)
  if (costlyPrefixes.test(number) || isCostlyHere || (type && costlyTypes.has(type))) {
    return `${target} is a premium-rate or satellite number: calls cannot be put through to it.`
  }
  if (/^(0|00)?(1?900|976|0?190)\d{4,}$/.test(target.replace(/^\+/, ''))) {
    return `${target} looks like a premium-rate number: calls cannot be put through to it.`
  }
  return null
}

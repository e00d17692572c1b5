/** What a new line is when nobody says otherwise: a first call works at once. */
export const defaultDestination = { label: 'My phone', target: '100' } as const
export const germanDestination = { label: 'Mein Telefon', target: '100' } as const

/** What the first line of an account is called; its owner can call it otherwise. */
export const lineNames = { en: 'My line', de: 'Mein Anschluss' } as const

export const greetings = {
  en: 'Hello. Who is calling, please, and what is it about?',
  de: 'Guten Tag. Wer ist am Apparat, und worum geht es bitte?',
} as const

export const disclosures = {
  en: 'You are speaking with an automatic assistant.',
  de: 'Sie sprechen mit einem automatischen Assistenten.',
} as const

const countryOfZone: Record<string, string> = {
  'Europe/Berlin': 'DE',
  'Europe/Busingen': 'DE',
  'Europe/Vienna': 'AT',
  'Europe/Zurich': 'CH',
  'Europe/London': 'GB',
  'Europe/Dublin': 'IE',
  'Europe/Paris': 'FR',
  'Europe/Madrid': 'ES',
  'Europe/Rome': 'IT',
  'Europe/Amsterdam': 'NL',
  'Europe/Brussels': 'BE',
  'Europe/Luxembourg': 'LU',
  'Europe/Copenhagen': 'DK',
  'Europe/Stockholm': 'SE',
  'Europe/Oslo': 'NO',
  'Europe/Helsinki': 'FI',
  'Europe/Warsaw': 'PL',
  'Europe/Prague': 'CZ',
  'Europe/Lisbon': 'PT',
  'Australia/Sydney': 'AU',
  'Australia/Melbourne': 'AU',
  'Pacific/Auckland': 'NZ',
  'America/Toronto': 'CA',
  'America/Vancouver': 'CA',
}

/** A first guess, for reading numbers without a country code; the owner can change it. */
export function guessCountry(timeZone: string): string {
  return countryOfZone[timeZone] ?? 'US'
}

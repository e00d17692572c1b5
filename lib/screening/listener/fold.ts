/** Letters that look like Latin ones, as they are used to slip past a word list. */
const lookAlikes: Record<string, string> = {
  а: 'a',
  е: 'e',
  о: 'o',
  р: 'p',
  с: 'c',
  у: 'y',
  х: 'x',
  і: 'i',
  ѕ: 's',
  ԁ: 'd',
  ո: 'n',
  ɡ: 'g',
  ο: 'o',
  ι: 'i',
  α: 'a',
}

/** More than this is no turn of a conversation; one sign of some scripts is eighteen letters when it is written out. */
const mostLetters = 8_000
const beyondAscii = /[\u0080-\uffff]/

/**
 * Words as a recogniser would write them: lower case, no punctuation, no accents, umlauts spelt out. Everything the
 * listener compares goes through here, so that "Über", "ueber" and "über," are one word, and "I'm" is "im".
 */
export function fold(text: string): string {
  const clipped = text.slice(0, mostLetters)
  const plain = beyondAscii.test(clipped) ? withoutMarks(clipped) : clipped.toLowerCase()
  return plain
    .replace(/['`]/g, '')
    .replace(/[^\p{L}\p{N}+]+/gu, ' ')
    .replace(/\+(?!\d)/g, ' ')
    .replace(/ {2,}/g, ' ')
    .trim()
}

function withoutMarks(text: string): string {
  return text
    .normalize('NFKC')
    .slice(0, mostLetters)
    .toLowerCase()
    .replace(/[\u200b-\u200f\u2060\ufeff\u00ad]/g, '')
    .replace(/[а-яіѕԁոɡοια]/g, letter => lookAlikes[letter] ?? letter)
    .replace(/ä/g, 'ae')
    .replace(/ö/g, 'oe')
    .replace(/ü/g, 'ue')
    .replace(/ß/g, 'ss')
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[’´]/g, '')
}

const fillers = new Set([
  'um',
  'uh',
  'uhm',
  'er',
  'erm',
  'hm',
  'hmm',
  'mhm',
  'aeh',
  'aehm',
  'eh',
  'ehm',
  'oehm',
  'ah',
  'so',
  'well',
  'like',
  'tja',
  'naja',
  'halt',
])

/** In German "er" is he, and no hesitation. */
export function withoutFillers(folded: string, language?: 'en' | 'de'): string {
  return folded
    .split(' ')
    .filter(word => !fillers.has(word) || (word === 'er' && language === 'de'))
    .join(' ')
}

const german = new Set(
  'ich wir sie er es der die das den dem ein eine einen und oder nicht kein keine ist sind bin war habe haben hat hier guten tag morgen hallo moechte wollte wuerde koennen kann bitte danke wegen mit von fuer auf zu zum zur im am bei ihre ihr ihren mein meine meinen herr frau rufe anruf nummer zurueck zurueckrufen dringend auch noch schon jetzt mal wenn dass weil geht um uhr gruess gott servus moin sofort kommen kommt'.split(
    ' ',
  ),
)
const english = new Set(
  'i im you he she it its we they the a an and or not no is are am was have has had this that here hello hi good my your his her our can could would will please thanks with from for about to in on at back call calling need want just speak talk if because now when'.split(
    ' ',
  ),
)

/** Which of the two languages the words are more of; `otherwise` when neither. */
export function guessLanguage(folded: string, otherwise: 'en' | 'de'): 'en' | 'de' {
  let score = 0
  for (const word of folded.split(' ')) {
    if (german.has(word)) score += 1
    if (english.has(word)) score -= 1
  }
  return score === 0 ? otherwise : score > 0 ? 'de' : 'en'
}

import { fold } from './fold.ts'
import { cleanWord, findName, isNameWord, titleCase, titles, withoutHesitation } from './name.ts'
import { findOrganisation, organisationWords } from './organisation.ts'

/** Greetings in front of a name or an organisation that is said without any cue. */
const greeting =
  /^(?:(?:hi|hello|hey|good (?:morning|afternoon|evening|day)|yes|hallo|guten (?:tag|morgen|abend)|grüß gott|servus|moin|ja)(?: there)?[,.!]?\s+)*(?:(?:hier(?: ist| spricht)?|this is|it's|it is|here is)\s+)?(?:the |die |das |der )?/iu
const houseWord = new RegExp(
  `${organisationWords.source}|\\b\\w*(?:schule|praxis|haus|markt|laden|verein|werkstatt|amt|erei|zentrum|werke|service|technik|bau|handel|versicherung|kasse|daycare|office|optician|bakery|electric|plumbing|motors|solutions|systems)\\b`,
)
const brands =
  /^(?:uber|fedex|verizon|vodafone|microsoft|windows|amazon|europol|interpol|paypal|dhl|ups|google|apple|telekom|vodafone)\b/
const verbs = new Set(
  'is are was were has have had can could will would do does did need needs want call calling am ist sind war hat habe haben kann koennen wird moechte wollte brauche ich i wir we sie you es it there'.split(
    ' ',
  ),
)
/** Trades and callings that stand before a name: part of who calls, not of what they are called. */
const callings =
  /^(?:steuerberater|steuerberaterin|rechtsanwalt|rechtsanwaeltin|pfarrer|pfarrerin|hausmeister|pfleger|installateur|elektriker)$/

/** Who is calling, and for whom, as far as it was said. */
export function findCaller(
  said: readonly string[],
  language: 'en' | 'de',
): { callerName?: string; organisation?: string } {
  const texts = said.map(text => withoutHesitation(text, language))
  let callerName = findName(texts, language)
  let organisation = findOrganisation(texts)
  const leading = findLeadingOrganisation(texts)
  if (callerName && isHouse(callerName)) {
    organisation ??= leading ?? callerName
    callerName = undefined
  }
  if (leading && callerName && fold(leading).includes(fold(callerName))) callerName = undefined
  organisation ??= leading
  // "Hier ist die Petra" is a person.
  if (organisation && callerName && fold(organisation) === fold(callerName)) organisation = undefined
  callerName = withoutCalling(callerName) ?? findIntroduced(texts)
  return { ...(callerName ? { callerName } : {}), ...(organisation ? { organisation } : {}) }
}

function isHouse(name: string): boolean {
  return !titles.test(name.split(' ')[0]!) && (houseWord.test(fold(name)) || brands.test(fold(name)))
}

function withoutCalling(name: string | undefined): string | undefined {
  const words = name?.split(' ') ?? []
  return words.length > 1 && callings.test(fold(words[0]!)) ? words.slice(1).join(' ') : name
}

/** "Apotheke am Markt, Ihr Medikament ist da": who speaks for a house often says only its name. */
function findLeadingOrganisation(texts: readonly string[]): string | undefined {
  for (const text of texts) {
    const rest = text.normalize('NFKC').slice(0, 300).replace(greeting, '')
    const head = /^(?:[^,.!?;:]|(?<=\b(?:Dr|St|Prof|Dres))\.){3,50}(?=[,.!?;:]|$)/u.exec(rest)?.[0]?.trim() ?? ''
    const words = head.split(/\s+/)
    const isSpoken = !/\p{Lu}/u.test(text)
    if (head === '' || words.length > 4 || isSpoken || words.some(word => verbs.has(fold(word)))) continue
    // A name of a house is written large, but for its small words.
    if (
      words.some(
        word =>
          !/^(?:\p{Lu}|\p{N}|&|am|an|im|in|der|die|des|den|von|vom|und|zum|zur|of|and|the|at|for|bei)/u.test(word),
      )
    )
      continue
    if (houseWord.test(fold(head))) return head
  }
  return undefined
}

/** "It's her friend Lucy", "your insurance agent Dan Whitmore", "ihre Freundin Luzie". */
const related =
  /\b(?:it['’]?s|it is|this is|i['’]?m|hier ist|hier spricht|ich bin)\s+(?:his|her|your|their|ihre?|seine?|deine?|eure?)\s+(?:old\s+|new\s+|alte\s+|\p{Ll}+\s+)?(\p{L}+)\s+(\p{Lu}[\p{L}'’-]+(?:\s+\p{Lu}[\p{L}'’-]+)?)/iu

/** The noun is small, as in English, or one of those that are never names; the name is written large. */
function isRelated(noun: string, name: string): boolean {
  const first = name.split(/\s+/)[0]!
  const isNoun = /^\p{Ll}/u.test(noun) || !isNameWord(noun, true)
  return (
    isNoun &&
    isNameWord(first, true) &&
    /^\p{Lu}/u.test(first) &&
    name.split(/\s+/).every(word => /^\p{Lu}/u.test(word))
  )
}

/** "Janet Moore from the tax office", "Weber von der Hausverwaltung", "It's me, Tina": names without one of the usual cues. */
function findIntroduced(texts: readonly string[]): string | undefined {
  for (const raw of texts) {
    const own =
      /\b(?:it's|its|it is) me,?\s+(\p{L}[\p{L}'’-]+)|\bich bin['’]?s,?\s+(?:(?:der|die)\s+)?(\p{L}[\p{L}'’-]+)/iu.exec(
        raw,
      )
    const me = own?.[1] ?? own?.[2]
    if (me && isNameWord(me, true)) return titleCase([me])
    const friend = related.exec(raw)
    if (friend && isRelated(friend[1]!, friend[2]!)) return titleCase(friend[2]!.split(/\s+/).map(cleanWord))
    const text = raw.normalize('NFKC').slice(0, 300).replace(greeting, '')
    const found =
      /^((?:(?:Mr|Mrs|Ms|Dr|Herr|Frau)\.?\s+)?\p{Lu}[\p{L}'’-]+(?:\s+\p{Lu}[\p{L}'’-]+)?),?\s+(?:from|with|at|von(?: der| dem)?|vom|aus der|here|speaking|am apparat|hier)\b/u.exec(
        text,
      )
    const words = found?.[1]?.split(/\s+/) ?? []
    if (words.length > 0 && words.every((word, i) => isNameWord(word, i === 0)) && !houseWord.test(fold(found![1]!))) {
      return titleCase(words.map(cleanWord))
    }
  }
  return undefined
}

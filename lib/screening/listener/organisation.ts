import { fold } from './fold.ts'
import { cleanWord } from './name.ts'

/** Words of an organisation end where the sentence goes on. Folded. */
const organisationEnd = new Set(
  `and about regarding concerning because calling call called here i im we were is are was has have had your you to with on in it its this that there
  who which again just speaking please could can would would will want wanted need needed looking trying my his her for or so but not if when
  und ich wir es sie er wegen ist sind war hat haben rufe rufen ruf rief an auf mit um weil dass wenn am apparat bitte koennen koennten moechte wollte
  ihr ihre ihren ihrem ihrer hier guten tag hallo noch mal nochmal auch sagen sage spreche bezueglich geht einen eine ein zum zur concerning
  does do did today tomorrow urgently urgent dringend up down out now she he they us me him her them my reference über ueber number hi hello`.split(
    /\s+/,
  ),
)

const organisationCues = [
  /\b(?:from|with|at|on behalf of|over at|down at|here at|representing)\s+(?=(?:the|your|dr\.?|st\.?|doctor)?\s*\p{L})/giu,
  /\b(?:von der|von dem|vom|von|bei der|beim|im auftrag (?:der|von|des)|aus der|aus dem)\s+/giu,
  /\b(?:hier ist|hier spricht|this is|here is|guten tag,?|hier)\s+(?=(?:die|das|der|the|your|ihre?)\s)/giu,
]
const leading = /^(?:the|a|an|der|die|das|dem|den|your|ihre?m?|ihrer|our|my|local|unserer?|einer?|einem)$/i
const notOrganisations =
  /^(?:home|work|here|abroad|next|upstairs|downstairs|school today|my|mine|me|him|her|them|you|us|myself|car|phone|mobile|cell|handy|hand|mir|dir|ihnen|uns|euch|ihm|person|caller|anrufer|best|worst|least|first|last|moment|minute|time|day|week|month|year|number|nummer|one|two|three|four|five|six|seven|eight|nine|zero|oh|null|eins|zwei|drei|vier|fuenf|sechs|sieben|acht|neun|berlin|hamburg|muenchen|munich|london|paris|outside|end|beginning|anfang|ende|door|tuer|moeglichkeit|mal|neuem|now|today|morgen|heute|gestern|regard\w*|respect\w*|friend\w*|wife|husband|son|daughter|mother|father|family|familie|januar|februar|maerz|april|mai|juni|juli|august|september|oktober|november|dezember|january|february|march|may|june|july|october|december|json|chef|boss|owner|under|ceo|final|behind|own|monday|tuesday|wednesday|thursday|friday|saturday|sunday|front|all|once|your|problem|question\w*|frage\w*|appointment|termin|some|any|other|another|last|risk|hospital bed|night|noon|school run)$/

const calleeCue =
  /\b(?:speak|speaking|talk|talking|chat|connect(?:ed)?|transfer(?:red)?|through|touch|someone|somebody|anyone)\s+(?:me\s+)?$/iu
/** "Dr. Lee's office". */
const ownersHouse =
  /\b((?:(?:dr|doctor|mr|mrs|ms)\.?\s+)?\p{L}{2,20}['’]s\s+(?:office|practice|clinic|surgery|garage|shop|school|store|bakery|salon|restaurant|daycare|firm|pharmacy|diner|auto\s+shop))\b/iu
const falls = /\b(?:gefallen|gestürzt|gesprungen|gerutscht|geflogen|ausgebrochen|laeuft|läuft|tropft|kommt)\b/iu

/** For whom the caller says to speak: "the dentist", "Praxis Dr. Weber", "DHL". */
export function findOrganisation(texts: readonly string[]): string | undefined {
  for (const raw of texts) {
    const text = raw.normalize('NFKC').slice(0, 4_000)
    const isSpoken = !/\p{Lu}/u.test(text)
    const owned = ownersHouse.exec(text)?.[1]
    if (owned && !/^(?:it|he|she|that|there|here|what|who|let|my|your|his|her|today|yesterday|tomorrow)\b/i.test(owned))
      return owned
    for (const cue of organisationCues) {
      for (const match of text.matchAll(cue)) {
        // "Speak with Peter": whom the caller asks for.
        if (calleeCue.test(text.slice(Math.max(0, match.index - 24), match.index))) continue
        // "At your shop" is the owner's; "im März" and "vom April" are days.
        if (/^(?:your|ihre[mnrs]?|my|mein\w*|own)\b/i.test(text.slice(match.index + match[0].length).trim())) continue
        if (/^(?:aus|vom|von)\b/i.test(match[0]) && falls.test(text)) continue
        const organisation = takeOrganisation(text.slice(match.index + match[0].length), match[0], isSpoken)
        if (organisation) return organisation
      }
    }
  }
  return undefined
}

function takeOrganisation(after: string, cue: string, isSpoken: boolean): string | undefined {
  const taken: string[] = []
  for (const word of after.split(/\s+/).slice(0, 6)) {
    const clean = cleanWord(word)
    if (!/^[\p{L}\p{N}&][\p{L}\p{N}&'’.+-]*$/u.test(clean) || /^\d{2,}$/.test(clean)) break
    if (
      taken.length > 0 &&
      organisationEnd.has(fold(clean)) &&
      !(
        /^\p{Lu}/u.test(clean) &&
        !isSpoken &&
        clean.length > 2 &&
        taken.length > 0 &&
        /^(?:Call|Today|Up|In)$/.test(clean)
      )
    )
      break
    if (taken.length === 0 && organisationEnd.has(fold(clean)) && !leading.test(clean)) break
    taken.push(clean)
    if (/[.,;:!?]$/.test(word) && !/^(?:dr|st|prof|co|inc|mr|mrs)\.$/i.test(word)) break
    if (taken.length === 5) break
  }
  while (taken.length > 0 && leading.test(taken[0]!)) taken.shift()
  if (taken.length === 0) return undefined
  if (/^(?:with|at|mit)\b/i.test(cue) && /^(?:dr|mr|mrs|ms)\.?$/i.test(taken[0]!)) return undefined
  const isFamily = /^(?:with|at|mit|bei|from|von|vom)\b/i.test(cue) && notOrganisations.test(fold(taken[0]!))
  if (isFamily || notOrganisations.test(fold(taken[0]!)) || notOrganisations.test(fold(taken.join(' '))))
    return undefined
  // "with", "at" and "von" are weak: a written organisation has a capital letter or a word that says what it is.
  const isWeak = /^(?:with|at|von|vom|bei|beim|aus)\b/i.test(cue.trim())
  const says = fold(taken.join(' '))
  if (isWeak && !organisationWords.test(says) && (isSpoken || !/^\p{Lu}/u.test(taken[0]!))) return undefined
  return taken.slice(0, isSpoken ? 3 : 5).join(' ')
}

export const organisationWords =
  /\b(?:school|schule|grundschule|gymnasium|kita|kindergarten|hort|university|universitaet|uni|college|hospital|krankenhaus|\w*klinik|klinikum|clinic|surgery|practice|praxis|zahnarzt\w*|dentist\w*|dental|doctor\w*|arzt\w*|pharmacy|apotheke|bank|sparkasse|volksbank|insurance|versicherung|garage|werkstatt|autohaus|workshop|police|polizei\w*|post|dhl|ups|fedex|hermes|dpd|gls|amazon|courier|paketdienst|library|bibliothek|court|gericht|council|stadt\w*|gemeinde|rathaus|amt|finanzamt|jugendamt|bauamt|agency|agentur|firma|company|gmbh|ag|inc|ltd|llc|hotel|restaurant|shop|store|laden|hausverwaltung|landlord|vermieter\w*|hospice|sportverein|\w*verein|\w*schule|\w*amt|\w*werke|pflegeheim|altenheim|seniorenheim|care home|nursing home|vet|tierarzt\w*|tierklinik|airline|lufthansa|bahn|telekom|vodafone|stadtwerke|service|support|team|department|abteilung|kanzlei|law|lawyers|anwalt\w*|notar\w*|steuerberater\w*|club|verein|church|kirche\w*|pfarramt|labor|lab|laboratory|radiology|radiologie|plumb\w*|installateur|elektr\w*|heizungs\w*|klempner|bakery|baeckerei|museum|theater|fire|feuerwehr|microsoft|google|apple)\b/

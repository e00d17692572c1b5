import { fold } from './fold.ts'
import { relative } from './lexicon/sign.ts'
import { isKnownName, isNameWord } from './name.ts'
import { isOpening } from './who.ts'

/** What follows these is what the call is about; the first words of a reason in either language. */
const cue =
  /\b(?:(?:i am |i'm |im |we are |we're |just )?(?:calling|phoning|ringing|writing) (?:about|regarding|because(?: of)?|concerning|to|for|with|on)|in regard to|with regards? to|regarding|concerning|it(?:'s| is|s) about|it(?:'s| is|s) regarding|it(?:'s| is|s) (?:to do with|because)|about|because(?: of)?|i(?:'d| would)? (?:like|want|need|wanted|have|wish) to|i need|i want|i(?:'ve| have)? found (?:a|an|your|the)|ich habe (?:eine?n?|ihre?n?|deine?n?) (?=\p{Lu}[\p{L}]+ gefunden)|i have (?:a|an) (?:question|problem)|we need|we have|there(?:'s| is|s) (?:a|an|been)|es geht (?:um|darum)|geht (?:es )?um|ich rufe? (?:an )?(?:wegen|weil|um|bezüglich)|wegen|bezüglich|aufgrund|ich (?:möchte|wollte|würde gerne|würde gern|will|brauche|hätte gern|hätte gerne|muss)|wir (?:möchten|wollten|brauchen|müssen|haben))\s+/giu

const empty = new Set(
  `hi hello hey good morning afternoon evening day please thanks thank you bye goodbye yes no yeah ok okay um uh er hm this is my name its im i am it
  here there speaking calling call from the a an and or to for of with about on in at by me my we us our hallo guten tag morgen abend bitte danke tschuess ja nein
  ich bin hier ist es mein name der die das ein eine und oder zu von mit im am an rufe aehm mal just so well can could would may he she they him her them is
  there home available speak talk someone somebody person kann koennte darf sprechen jemand er sie da zu hause erreichbar spreche moechte gern gerne would like want
  wanted need to with know do you are your phone number call back again today now later nochmal noch einmal bitte if was that it what who why personal private matter
  privat persoenlich persoenliches privates erschrecken erschrick panik panic worry sorge sorgen aufregen okay fine stoere stoeren stoerung disturb disturbing bother bothering late spaet frueh early kennen kennst mich excuse ruf wegen regarding concerning nobody else called calling sache something etwas anything important one thing quick minute moment kurz frage question reached machine real human rather not say tell
  anliegen reden right put through verbinden durchstellen want wants urgent dringend let through law lassen durch freund freundin chef boss owner manager transfer connect extension verbinden verbinde verbindet stellen stell seine frau wife husband mann alone must have obliged confidential vertraulich told already yesterday wrong sorry falsch nummer meine mutti mama mom mum dad meld melden gut how doing test testing hear me hoeren horst assistant listen mann wann how guess rate rat raten dran wer leave message nachricht hinterlassen meim deim seim unserm grad cheers`.split(
    /\s+/,
  ),
)

/** Whom a caller asks for is not what the call is about. */
const callee =
  /\b(?:(?:speak|speaking|talk|chat|get through|through|connect(?:ed)?(?: me)?|transfer(?:red)?(?: me)?)\s+(?:to|with)|get hold of|reach|get|put|fetch)\s+(?:(?:mr|mrs|ms|miss|dr|the)\.?\s+)?(?!(?:you|it|me|a|about|back|in)\b)[\p{L}'’-]+(?:\s+(?!I\b)\p{Lu}[\p{L}'’-]+)?|\b(?:mit|den|die|der)\s+(?:(?:herrn?|frau|dr)\.?\s+)?[\p{L}'’-]+(?:\s+\p{Lu}[\p{L}'’-]+)?\s+(?:sprechen|reden|verbinden|erreichen|zu sprechen)\b/giu

/** "Ward four", "Station sieben". */
const place = /\b(?:ward|station|unit|floor|zimmer|room)\s+[\p{L}\p{N}]{1,8}(?=[.,!?]|$)/giu
/** Said so that nobody is frightened by what comes next. */
const reassurance =
  /\b(?:nicht erschrecken|erschrick nicht|keine (?:sorge|panik|angst)|(?:don['’]?t|do not) (?:worry|panic|be (?:alarmed|scared|mad))|(?:i['’]?m|i am|it['’]?s|everything['’]?s|everything is) (?:ok|okay|fine|alright|all right)|(?:mir|uns) geht(?:['’]?s| es) (?:gut|soweit gut)|nothing too (?:serious|dramatic|bad)|nichts (?:schlimmes|dramatisches|wildes))\b/giu

function contentWords(text: string): string[] {
  return fold(text.replace(callee, ' ').replace(reassurance, ' ').replace(place, ' '))
    .split(' ')
    .filter(word => word.length > 2 && !empty.has(word) && !/^\d+$/.test(word))
}

/** "It is about your brother", "the nurse of ward four": about whom, and who says so, but not yet what has happened. */
const somebody = new RegExp(
  `^(?:${relative}|nurse|doctor|stroke|unit|uniklinik|clinic|icu|dr|mr|mrs|ms|miss|ward|station|teacher|trainer|coach|neighbou?r|nachbar(?:in)?|klassenlehrer(?:in)?|lehrer(?:in)?|schwester|pfleger(?:in)?|arzt|aerztin|herrn?|frau|hospital|krankenhaus|klinikum|klinik|flatmate|roommate|mitbewohner(?:in)?|friend|freund(?:in)?|papi|mami|mutti|vati|bins|live|lives|next|door|wohne|neben|dem|den|des|geht|gehts|deine[nmrs]?|ihre[nmrs]?|unsere[nmrs]?|meine[nmrs]?)$`,
)
/** Asks whom it has reached. */
const addressing =
  /^(?:(?i:oh|hello|hi|hallo|sorry|yes|ja),? )?(?:(?i:is|isn['’]?t) (?:this|that|it) (?:the|a|[Mm]rs?|[Mm]s|[Dd]r|\p{Lu})|(?i:ist) (?:da|dort|das|hier) (?:die|der|das|bei|\p{Lu})|(?i:bin|spreche) ich (?:hier |da |dort )?(?:bei|mit|richtig)|(?i:am i) speaking|(?i:are) you (?:[Mm]rs?|[Mm]s|the (?:owner|son|daughter|wife|husband|mother|father|parent)|related|\p{Lu})|(?i:sind) Sie (?:der|die|Herr|Frau))(?!.{0,60}\b(?:still|available|noch|ready|frei|fertig)\b)/u

/** "Bayview Assisted Living". */
const houseOnly = /^\p{Lu}[\p{L}'’.-]*(?:\s(?:of|and|am|an der|der|und)?\s?\p{Lu}[\p{L}'’.-]*){1,4}$/u

/** How many of the words tell more than who somebody is; `names` are those of the caller and the caller's house. */
function isAboutSomebody(
  phrase: string,
  content: readonly string[],
  names: ReadonlySet<string>,
  hasTopic: boolean,
): boolean {
  if (addressing.test(phrase) || houseOnly.test(phrase)) return true
  const isOneWord = content.length === 1
  const titled = new Set([...phrase.matchAll(titledName)].map(([, name]) => fold(name!)))
  const written = new Map(
    phrase
      .split(/\s+/)
      .reverse()
      .map(word => [fold(word), word]),
  )
  const isNamed = (word: string) =>
    names.has(word) || titled.has(word) || isPet(written.get(word) ?? '', phrase, isOneWord)
  const rest = content.filter(word => !somebody.test(word) && !isNamed(word))
  if (rest.length === 0) return content.length > 0 && (!hasTopic || /\b(?:teacher|lehrer(?:in)?)\b/.test(fold(phrase)))
  return !hasTopic && rest.length === 1 && content.length > 1 && somebodys.test(fold(phrase))
}

const titledName =
  /\b(?:[Hh]errn?|[Ff]rau|[Ss]chwester|[Pp]fleger|[Nn]urse|[Oo]fficer|[Cc]oach|[Mm]rs?\.?|[Mm]s\.?|[Dd]r\.?) (\p{Lu}[\p{L}'’-]+)/gu

/** "About my brother, he is staying with you": who he is, in one word more. */
const somebodys = new RegExp(`^(?:my|your|his|her|our|the|mein\\w*|dein\\w*|ihr\\w*|sein\\w*|unser\\w*) ${relative}\\b`)

/** "It's about Biscuit", "wegen dem Tobi": a name where it stands alone, or ends like one of those that are made for children. */
function isPet(written: string, phrase: string, isOneWord: boolean): boolean {
  if (isKnownName(written) || isKnownName(written.replace(/['’]s$/, ''))) return true
  if (!/^\p{Lu}/u.test(written)) return false
  const isGerman = new RegExp(`\\b(?:dem|den|der|die|unser\\w*|mein\\w*)\\s${written}`, 'iu').test(phrase)
  return isGerman ? /^\p{Lu}\p{Ll}{1,5}i$/u.test(written) : isOneWord && !/\s/.test(phrase.trim())
}

/** Words that alone are reason enough to write down. */
const topics =
  /\b(?:appointment\w*|termin\w*|meeting|besprechung|parcel|package|paket\w*|delivery|lieferung\w*|liefer\w*|invoice|\w*rechnung\w*|order|bestellung\w*|prescription\w*|rezept\w*|result\w*|befund\w*|ergebnis\w*|laborwerte|contract|vertrag\w*|repair|reparatur\w*|car|auto|wagen|insurance|versicherung\w*|booking|buchung|reservation|reservierung\w*|interview|bewerbung\w*|vorstellungsgespraech|application|birthday|geburtstag\w*|dinner|abendessen|lunch|party|feier|book|buch|buecher|key|keys|schluessel|flat|apartment|wohnung|miete|rent|viewing|besichtigung\w*|heating|heizung|meter|zaehler\w*|ablesung|maintenance|wartung\w*|quote|kostenvoranschlag|refund|document\w*|unterlagen|dokument\w*|homework|hausaufgaben|lesson|unterricht|training|course|kurs|class|match|spiel|game|trip|ausflug|holiday|urlaub|visit|besuch|cat|katze|dog|hund|garden|garten|fence|zaun|noise|laerm|money|geld|project|projekt|schedule|zeitplan|payment|zahlung|ticket\w*|flight|flug|hotel|glasses|brille|vaccination|impfung|check ?up|vorsorge\w*|cleaning|reinigung|chimney|schornsteinfeger|window|fenster|internet|router|phone|telefon|laptop|computer|printer|drucker|password|tax|steuer\w*|school|schule|parent\w*|eltern\w*|teacher|lehrer\w*|choir|chor|church|gemeinde|bike|fahrrad|bicycle|tyre\w*|reifen\w*|inspection|inspektion|tuev|catering|cake|kuchen|flowers|blumen|wine|samples?|proof|draft|entwurf|report|bericht|survey|account|konto|wedding|hochzeit|funeral|beerdigung)\b/

const cutAt =
  /(?<=\S)(?<!\b(?:Dr|Mr|Mrs|Ms|St|Prof|Nr|No))[.!?;](?:\s|$)|\s(?:please call|call me|call back|could you|can you|you can (?:reach|call)|my number|the number(?! of)|thank you|thanks|bye|goodbye|bitte (?:um|rufen)|rufen sie|ruf mich|können sie|könnten sie|meine nummer|vielen dank|danke|auf wiederhören|tschüss)\b/iu

/** Where a phrase of 16 words can end, with a few words of what may cut it. */
const beginning = /^\s*(?:\S+\s+){0,31}\S*/

/** A tidy phrase of at most 16 words, no longer than a line of the inbox. */
function tidy(whole: string): string {
  const [text] = beginning.exec(whole)!
  const cut = cutAt.exec(text)
  const phrase = (cut ? text.slice(0, cut.index) : text)
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[,:;.!?\s-]+$/, '')
  const words = phrase.split(' ')
  const short = words.slice(0, 16).join(' ').slice(0, 140)
  return words.length > 16 ? `${short} …` : short
}

/** Five minutes of speech have half as many sentences. */
const mostPhrases = 100

/** What the call is about in the caller's own words, and whether the owner could make sense of it. */
export function findReason(
  texts: readonly string[],
  caller: { callerName?: string; organisation?: string } = {},
): { reason?: string; isClear: boolean } {
  const names = new Set(fold(`${caller.callerName ?? ''} ${caller.organisation ?? ''}`).split(' '))
  let best: { text: string; score: number } | undefined
  const consider = (text: string, bonus: number, sentence?: string) => {
    const phrase = tidy(text)
    const content = contentWords(phrase)
    const hasTopic = topics.test(fold(phrase))
    if (content.length < 2 && !(content.length === 1 && (hasTopic || content[0]!.length > 3) && bonus > 0) && !hasTopic)
      return
    const most = Math.min(content.length, 6) + bonus + (hasTopic ? 3 : 0)
    // Whether it only says who speaks is asked of what could be the best, and of little else.
    if (best && most <= best.score) return
    const isOpened = sentence !== undefined && isOpening(sentence, names)
    const score = isOpened || isAboutSomebody(phrase, content, names, hasTopic) ? 1 : most
    if (!best || score > best.score) best = { text: phrase, score }
  }
  for (const raw of texts) {
    const text = raw.normalize('NFKC').slice(0, 4_000)
    for (const match of [...text.matchAll(cue)].slice(0, mostPhrases)) {
      // "I'm not calling about anything urgent" must not become "anything urgent": the sentence is taken whole.
      if (negation.test(text.slice(Math.max(0, match.index - 40), match.index))) continue
      consider(text.slice(match.index + match[0].length), 2)
    }
    for (const sentence of text.split(/(?<=[.!?])\s+/).slice(0, mostPhrases)) {
      // "It's the vicar, could you do the reading?": what follows the one who speaks is the matter.
      const comma = sentence.slice(0, 60).indexOf(', ')
      if (comma > 0 && isOpening(sentence.slice(0, comma), names)) {
        const matter = withoutIntroduction(sentence.slice(comma + 2))
        consider(matter, bonusOf(matter), matter)
      }
      const rest = withoutIntroduction(sentence)
      consider(rest, bonusOf(rest), sentence)
    }
  }
  return best ? { reason: best.text, isClear: best.score >= 3 } : { isClear: false }
}

/** A sentence that opens like this says at least that it can wait. */
const takesBack = /^(?:(?:it['’]?s|it is|this is|es ist|das ist|ist)\s+)?(?:not|nothing|no|nicht|nichts|kein\w*)\s/iu
/** To ask for something is to say what one wants. */
const asksFor =
  /^(?:do you (?:still )?(?:have|know|want|need|sell|do)|have you (?:got|still)|hast du|habt ihr|haben sie|gibt es|is there an?)\s/iu
const bonusOf = (phrase: string) => (takesBack.test(phrase) || asksFor.test(phrase) ? 1 : 0)
const negation =
  /(?:\b(?:not|never|nicht|nichts|kein\w*|nothing|neither|nor|nie)|n['’]?t)(?:\s+(?:that|really|very|just|so|because|weil))*\s*$/iu

/** Greeting, name and house in front of a sentence. Only the cues are found in any case: a surname is one where it is written large. */
const introduction = new RegExp(
  [
    '^(?<greeting>(?:(?i:hi|hello|hey|good (?:morning|afternoon|evening|day)|hallo|guten (?:tag|morgen|abend)|grüß (?:gott|sie|dich|euch)|servus|moin|yes|yeah|ja|um|uh|ähm|so|okay|ok|well|sorry|no)[,.!:]?\\s+)*)',
    "(?:(?i:this is|my name is|my name's|it's|it is|its|i'm|im|here is|hier ist|hier spricht|mein name ist|ich bin|ich heiße)\\s+(?:(?<title>(?i:mr|mrs|ms|miss|dr|herr|frau))\\.?\\s+)?(?<name>[\\p{L}'’.-]+)(?:\\s+\\p{Lu}[\\p{L}'’.-]+)*",
    "(?:\\s+(?:from|von(?: der)?|vom|with|at)\\s+(?:(?:the|der|dem)\\s+)?[\\p{L}&'’.-]+(?:\\s+\\p{Lu}[\\p{L}'’.-]+)*)?[,.:]?\\s*(?:calling|here|speaking|am apparat)?[,.]?\\s*)?(?:and|und)?\\s*",
  ].join(''),
  'u',
)

/** "It's Tim from the club" introduces, "it's not urgent" and "it's raining in" do not: a small word is a name only when it is known as one. */
function withoutIntroduction(sentence: string): string {
  const found = introduction.exec(sentence)
  const { greeting = '', title, name } = found?.groups ?? {}
  const isName =
    name === undefined ||
    title !== undefined ||
    (isNameWord(name, true) && (/^\p{Lu}/u.test(name) || isKnownName(name)))
  return sentence.slice((isName ? (found?.[0] ?? '') : greeting).length)
}

const wish: [RegExp, { en: string; de: string }][] = [
  [
    /\b(?:call|ring|phone) (?:me|us|him|her)?\s?back|call(?:ing)? back|get back to (?:me|us)|give (?:me|us) a (?:call|ring)|zurueck ?ruf\w*|rueckruf|ruf\w*\b.{0,30}\bzurueck|melden sie sich|call (?:me|us) (?:at|on|when|tomorrow|today|later|as)/,
    { en: 'a call back', de: 'einen Rückruf' },
  ],
  [
    /\bleave (?:a |him a |her a )?message|take a message|message for|nachricht (?:hinterlassen|aufnehmen|fuer)|ausrichten/,
    { en: 'to leave a message', de: 'eine Nachricht hinterlassen' },
  ],
  [
    /\b(?:speak|talk) (?:to|with)|put me through|connect me|is (?:he|she|\w+) (?:there|in|home|available)|sprechen|durchstellen|verbinden|erreichen/,
    { en: 'to speak to somebody', de: 'jemanden sprechen' },
  ],
]

/** What the caller would like to happen. */
export function findWants(folded: string, language: 'en' | 'de'): string | undefined {
  return wish.find(([pattern]) => pattern.test(folded))?.[1][language]
}

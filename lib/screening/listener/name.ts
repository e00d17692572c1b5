import nlp from 'compromise/two'
import { fold } from './fold.ts'

/** Words that never are, and never begin, a name. Folded. */
export const notNames = new Set(
  `a an the this that it its is are was were be been am i im ive id we you he she they his her my your our their me him them us not no yes yeah yep
  nope ok okay hi hello hey good morning afternoon evening day just only still again about regarding concerning because calling call called ringing
  from with for of on in at by to and or but so if when where who what why how here there now today tomorrow yesterday tonight urgent urgently
  important very really quite also too please thanks thank sorry sure fine well actually looking trying wondering going outside at someone
  somebody nobody anyone speaking talking returning waiting standing interested happy glad afraid hoping phoning reaching following letting
  telling sick ill late early back home work ready done free busy lost stuck locked hurt having getting coming running selling offering
  personal private confidential nothing something everything anything one two three four five six seven eight nine zero oh hundred
  old new another other all some any more less his hers mine yours wife husband son daughter mother father mum mom dad sister brother friend
  neighbor neighbour boss colleague doctor nurse police officer sales customer client company office team department service support emergency
  ein eine einen einem einer der die das den dem des ich du er sie es wir ihr mich mir dich dir uns euch ist sind war bin habe hat hast haben
  nicht kein keine ja nein doch guten tag morgen abend hallo servus moin gruess gott hier da dort jetzt heute gestern nur auch noch schon mal
  bitte danke von vom aus bei mit wegen fuer auf um an am im in zu zum zur und oder aber weil dass wenn wer was wo wie warum dringend wichtig
  sehr ganz gerade eben kurz privat persoenlich nochmal wieder spaeter immer leider gerne gern sehr froh krank unterwegs draussen
  dran unten oben frueh spaet so also dann denn mein meine meinen dein deine sein seine ihre ihren unser unsere nachbar nachbarin kollege
  kollegin chef chefin mutter vater bruder schwester sohn tochter freund freundin frueher arzt aerztin praxis firma am apparat sprechen
  anrufen rufe anruf calling noch jemand niemand interessiert sicher verbunden telefon doing doctors delivery delivering driving
  vertreter vertreterin kunde kundin patient patientin mieter mieterin vermieter vermieterin anwalt anwaeltin lehrer lehrerin trainer trainerin student studentin polizist polizistin beamter enkel enkelin fahrer fahrerin handwerker monteur techniker hausmeister landlord nurse teacher driver courier plumber tenant lawyer accountant mailman postman representative technician gonna wanna gotta right correct whoever rate rat ratet weisst hoer hoeren sag sagen komm kommst ruf kannst koennen koennte koennten darf duerfte kann bist seid habt willst wollt moechte moechten wollte wissen wissen stell stellen leite leiten verbinde verbinden gib nimm guess listen look let put get give tell take hold wait stop ignore forget forward transfer connect long quick quickly short legitimate serious really legally bloody hi there system administrator admin`.split(
    /\s+/,
  ),
)
export const titles =
  /^(?:mr|mrs|ms|miss|dr|doctor|prof|professor|sir|herr|herrn|frau|doktor|schwester|coach|constable|detective|hauptmeister|officer|nurse|sergeant|captain|father|sister|uncle|aunt|onkel|tante|oma|opa|grandma|grandpa)\.?$/i
const particles = /^(?:van|von|de|der|den|del|da|di|le|la|el|al|bin|zu|zur|mc|o|st)$/i
const lastStop = /[.,;:!?()"]$/

/** `isForKnown`: only a word that is a known first name is taken for one. */
type Shape = { pattern: RegExp; isStrong: boolean; isForKnown?: boolean }

/** Cues in the words as they came (only lower-cased). Strong ones are followed by a name or by something in `notNames`. */
const cues: Shape[] = [
  {
    pattern:
      /\b(?:my name is|my name's|my names|name is|(?<=^|[.,!?]\s)name['’]?s|the name is|the name's|i am called|mein name ist|mein name|ich hei(?:ß|ss)e|ich heisse|name ist)\s+/giu,
    isStrong: true,
  },
  {
    pattern:
      /\b(?:hier spricht|hier ist|es spricht|am apparat ist|am telefon ist|hier is|sie sprechen mit|you are speaking (?:to|with)|you're speaking (?:to|with)|here is|here's)\s+/giu,
    isStrong: true,
  },
  { pattern: /\bthis is\s+/giu, isStrong: true },
  {
    pattern:
      /\b(?:it's|it is|its|i'm|i am|im|ich bin's|ich bins|ich bin|i bin['’]?s|bin|hier|only me|just me|'s ist|speaking is|hi|hello|hey|hallo|guten tag|guten morgen|guten abend|grüß gott|servus|moin)[,]?\s+/giu,
    isStrong: false,
  },
]

/** "Hier ist die Petra": an article stands before houses and callings too. */
const withArticle: Shape = {
  pattern:
    /\b(?:hier ist|hier is|hier isch|hier spricht|ich bin|bin|hier|am apparat ist|(?:ich |i )?bin['’]?s,?|bins,?)\s+(?:der|die|dein|deine|euer|eure)\s+/giu,
  isStrong: false,
  isForKnown: true,
}

/** Nobody introduces themselves more often than this in one breath. */
const mostCues = 20

const nameWord = /^[\p{L}][\p{L}'’.-]*$/u

export function cleanWord(word: string): string {
  return word.replace(/[.,;:!?()"„“]+$/u, '').replace(/^[("„“]+/u, '')
}

export function isNameWord(word: string, isFirst: boolean): boolean {
  const clean = cleanWord(word)
  if (!nameWord.test(clean) || clean.length > 24) return false
  if (titles.test(clean)) return true
  if (clean.length < 2) return false
  return !notNames.has(fold(clean)) || (!isFirst && particles.test(clean))
}

/** Compromise's word list, asked directly: tagging whole sentences costs a hundred times as much. */
const lexicon: Readonly<Record<string, string | string[]>> =
  (nlp.model() as { one?: { lexicon?: Record<string, string | string[]> } }).one?.lexicon ?? {}

const tagsOf = (key: string): string[] => (Object.hasOwn(lexicon, key) ? [lexicon[key]!].flat() : [])
/** Names that are everyday words too: only a strong cue or a capital letter makes them names. */
const alsoWords = new Set([
  'will',
  'may',
  'mark',
  'hope',
  'rose',
  'grace',
  'bill',
  'frank',
  'art',
  'rich',
  'sue',
  'pat',
  'june',
  'april',
  'august',
  'joy',
  'faith',
  'chase',
  'grant',
  'drew',
  'guy',
  'jack',
  'max',
])

/** Whether the word is a person's first name. */
export function isKnownName(word: string): boolean {
  const key = fold(word)
  if (germanFirstNames.has(key) || (alsoWords.has(key) && /^\p{Lu}/u.test(word))) return true
  return tagsOf(key).some(tag => ['FirstName', 'MaleName', 'FemaleName', 'Person'].includes(tag))
}

const germanFirstNames = new Set(
  `anna lena lea leonie emma mia hannah sophie marie laura julia sarah lisa katharina christina sabine susanne petra monika claudia andrea birgit ulrike
  heike gabriele renate ingrid helga ursula gisela brigitte karin elke silke anja tanja nicole stefanie melanie sandra daniela kerstin martina angelika
  juergen klaus hans peter michael thomas andreas wolfgang uwe bernd dieter manfred horst guenter guenther werner heinz gerhard helmut walter karl friedrich
  heinrich ludwig otto franz josef johann georg stefan stephan christian markus matthias alexander sebastian daniel tobias florian jan tim lukas jonas
  felix maximilian moritz niklas leon finn paul ben noah elias anton emil oskar jakob david philipp simon fabian dominik kevin marcel patrick rene sven
  lars torsten thorsten dirk frank ralf rolf holger volker detlef joachim jochen jens olaf heiko maik mehmet ali mustafa ahmed fatma ayse emre murat
  yusuf elif zeynep olga natascha svetlana igor sergej dimitri jana jule greta frieda clara ida charlotte amelie nele pia kim antje wiebke maike
  svenja imke frauke gudrun hildegard waltraud hannelore rosemarie erika edith margarete gerda irmgard elfriede christa renate doris marion ilse
  gerd sepp hias girgl xaver resi vroni zenzi leni toni loisl schorsch alois ludger hinnerk fiete heiner hein jupp wim gitta traudl trude hilde irma lotte hanna nina
  julian leonard leo theo mats matti milan samuel levi aaron till tom timo nico marco mario sandro luca lotta mila emilia ella maya mira nora romy lilly lilli frida
  aylin leyla deniz cem kaan can burak hakan murad orhan ayla zehra meryem hatice hassan hussein omar yasmin amira karim samir agnieszka malgorzata kasia piotr pawel jan
  krzysztof marek tomasz ewa milena goran dragan ivana mirko zoran oksana olena andrij ludmila galina boris vladimir gabi uschi moni susi andi steffi tobi basti flo hansi rudi sigi willi
  ralph guido rainer reiner lothar egon kurt rolf siegfried rudolf edgar hubert norbert bruno konrad arno enno malte torben bjoern britta birte anke elfi regina roswitha margit margret
  kwame kofi priya ravi arjun anjali sanjay deepa vikram amara chidi ngozi mei ling hiro yuki inez jose juan mateo lucia sofia diego callum hamish ewan davie fiona siobhan niamh gwen`.split(
    /\s+/,
  ),
)

/** "Its priya from daycare": a word that no list has, where a house or a place follows it. */
const isFromSomewhere = (word: string, next: string | undefined) =>
  next !== undefined && /^(?:from|vom|von|aus)$/i.test(next) && word.length > 2 && tagsOf(fold(word)).length === 0

function takeName(after: string, isStrong: boolean, isSpoken: boolean): string | undefined {
  const words = after.split(/\s+/).slice(0, 6)
  const taken: string[] = []
  for (const word of words) {
    const clean = cleanWord(word)
    if (!isNameWord(word, taken.length === 0)) break
    // A comma before the name ends a cue, not a name; after a first name in lower case anything may follow.
    taken.push(clean)
    if (lastStop.test(word) && !titles.test(word)) break
    if (taken.length === 4) break
  }
  while (taken.length > 0 && (particles.test(taken.at(-1)!) || (titles.test(taken.at(-1)!) && taken.length > 1)))
    taken.pop()
  // "Dr. Lee's office" is a house and no person.
  if (taken.length === 0 || /['’]s$/i.test(taken.at(-1)!)) return undefined
  const first = taken[0]!
  const isTitled = titles.test(first)
  if (isTitled && taken.length === 1) return undefined
  const isCapital = /^\p{Lu}/u.test(first)
  const isKnown = taken.some(isKnownName) || (taken.length === 1 && isFromSomewhere(first, words[1]))
  if (!isStrong && !isTitled && !isKnown && !(isCapital && !isSpoken)) return undefined
  // In lower case nothing shows where a name ends: keep the title, the known first name and one more word.
  const kept = isCapital
    ? untilLowerCase(taken)
    : taken.slice(0, isTitled || isKnown ? 2 + (isTitled && isKnown ? 1 : 0) : 2)
  return titleCase(dropVerbs(kept))
}

/** A written name goes on while its words are large; small particles count when a large word follows them. */
function untilLowerCase(words: string[]): string[] {
  let kept = 1
  for (const [i, word] of words.entries()) {
    if (i === 0) continue
    if (/^\p{Lu}/u.test(word)) kept = i + 1
    else if (!particles.test(word)) break
  }
  return words.slice(0, kept)
}

/** "anna calling", "tom needs": what follows a name is a verb more often than a surname. */
function dropVerbs(words: string[]): string[] {
  if (words.length < 2 || /^\p{Lu}/u.test(words[1]!)) return words
  const last = words.at(-1)!
  const tags = tagsOf(fold(last))
  const isVerb =
    tags.some(tag => /Verb|Tense|Gerund|Infinitive|Modal|Participle|Adverb|Preposition|Adjective/.test(tag)) &&
    !isKnownName(last)
  return isVerb ? words.slice(0, -1) : words
}

export function titleCase(words: string[]): string | undefined {
  if (words.length === 0) return undefined
  return words
    .map(word =>
      /^(?:dr|mr|mrs|ms|prof)$/i.test(word)
        ? `${word.charAt(0).toUpperCase()}${word.slice(1).toLowerCase()}.`
        : /\p{Lu}/u.test(word) || particles.test(word)
          ? word
          : word.replace(/(^|[-'’])(\p{L})/gu, (_, gap: string, letter: string) => gap + letter.toUpperCase()),
    )
    .join(' ')
}

/** "..., Becker mein Name". */
const ownName =
  /(?<![\p{L}'’-])((?:(?:dr|herr|frau)\.?\s+)?[\p{L}][\p{L}'’-]+)\s+(?:ist\s+|war\s+)?mein\s+name\b(?!\s+ist)/iu

/** "Anna here", "Smith speaking", "Weber am Apparat". */
const trailing =
  /(?:^|[.,!?]\s*|\b(?:hi|hello|hey|hallo|good morning|good afternoon|guten tag|yes|yeah|ja)[,.!]?\s+)((?:(?:mr|mrs|ms|dr|herr|frau)\.?\s+)?\p{L}[\p{L}'’-]+(?:\s+\p{L}[\p{L}'’-]+)?)[,]?\s+(?:here|speaking|am apparat|am telefon|hier)\b/iu

/** Sounds and stammering, which are never a name and hide where one begins: "this is uh is sam" is "this is sam". */
const hesitations =
  /(?<![\p{L}'’-])(?:u+h+m*|u+m+|e+rm+|h+m+|mhm|ä+h+m*|ö+h+m*|eh+m*|ae+hm*|ah)(?![\p{L}'’-])[,.…]*\s*/giu
const englishEr = /(?<![\p{L}'’-])er(?![\p{L}'’-])[,.…]*\s*/giu
const stammer = /(?<![\p{L}'’-])(\p{L}+(?:\s+\p{L}+)?)(?:[,…]?\s+\1)+(?![\p{L}'’-])/giu

export function withoutHesitation(text: string, language: 'en' | 'de'): string {
  const plain = text.replace(hesitations, '')
  return (language === 'en' ? plain.replace(englishEr, '') : plain).replace(stammer, '$1')
}

/** Who says to be calling; only ever words that were said. */
export function findName(texts: readonly string[], language: 'en' | 'de'): string | undefined {
  let weak: string | undefined
  for (const raw of texts) {
    const text = raw.normalize('NFKC').slice(0, 4_000)
    const isSpoken = !/\p{Lu}/u.test(text)
    for (const { pattern, isStrong, isForKnown } of [...cues, withArticle]) {
      for (const match of [...text.matchAll(pattern)].slice(0, mostCues)) {
        // In German "im" is "in the".
        if (language === 'de' && /^im\b/i.test(match[0])) continue
        const before = text.slice(Math.max(0, match.index - 12), match.index)
        if (/\b(?:that|if|think|thought|hope|when|where|because|not|whether)\s*$/i.test(before)) continue
        const name = takeName(text.slice(match.index + match[0].length), isStrong, isSpoken)
        if (!name || (isForKnown && !isKnownName(name.split(' ')[0]!))) continue
        if (isStrong) return name
        weak ??= name
      }
    }
    const own = ownName.exec(text)
    if (own && !weak) weak = takeName(own[1]!, true, isSpoken)
    const match = trailing.exec(text)
    if (match && !weak) {
      const name = takeName(match[1]!, false, isSpoken) ?? (isSpoken ? undefined : takeName(match[1]!, true, false))
      if (name) weak = name
    }
  }
  return weak ?? findBareName(texts)
}

/** "Servus, da Franz is." and "Feuerwehrverein Oberdorf, der Stefan." */
const ownGermanName =
  /(?:^|[.,!?]\s+)(?:da|der|die)\s+(\p{Lu}\p{Ll}+)\s+(?:is|isses|ist['’]?s|spricht|hier)\s*(?:[.,!]|$)|(?:,|[.!?])\s+(?:[Dd]a|[Dd]er|[Dd]ie)\s+(\p{Lu}\p{Ll}+)\s*[.!,]/u
/** "Liebe Grüße, Harry", "deine Britta", "love, Jo". */
const signature =
  /(?:\b(?:gr(?:uß|üße|uss|üsse)|lg|servus|tschüss|love|cheers|regards|best|kisses),|\b(?:gr(?:uß|üße)|deine?|eure?|ihr|your|yours),?)\s+(?:the |der |die )?(\p{Lu}\p{Ll}+)[.!]?\s*$/iu
/** "Dorothy, about the quilt." */
const matter = /[.!?]\s+(\p{Lu}\p{Ll}+),?\s+(?:about|wegen|regarding|concerning|it['’]s about|es geht um|bezüglich)\b/u

/** The answer to "who is calling?" is often the name alone, and a message may end with it. */
function findBareName(texts: readonly string[]): string | undefined {
  for (const said of texts) {
    const own = ownGermanName.exec(said.slice(0, 400))
    const known = own?.[1] ?? own?.[2]
    if (known && (isKnownName(known) || /^\p{Lu}\p{Ll}{2,4}i$/u.test(known))) return titleCase([known])
    const signed = signature.exec(said.slice(-200))?.[1] ?? matter.exec(said.slice(-400))?.[1]
    if (signed && isNameWord(signed, true) && isKnownName(signed)) return titleCase([signed])
    const text = /[.!?]\s+(\p{Lu}[^.!?]{1,40})[.!]?\s*$/u.exec(said.slice(-200))?.[1] ?? said
    const words = text
      .trim()
      .replace(/[.!,]+$/, '')
      .split(/\s+/)
    if (words.length > 3 || !words.every((word, i) => isNameWord(word, i === 0))) continue
    if (words.some(isKnownName) || (titles.test(words[0]!) && words.length > 1)) return titleCase(words.map(cleanWord))
  }
  return undefined
}

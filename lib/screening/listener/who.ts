import { fold } from './fold.ts'
import { words } from './lexicon/sign.ts'
import { isKnownName, titles } from './name.ts'
import { organisationWords } from './organisation.ts'

/** What a sentence is made of that tells who speaks, from where, how one knows them and whom it will be about. Folded. */
const introducing = new Set(
  `a an the i im me we were you youre he hes she shes they theyre it its this thats that is are am was been isnt arent my your his her our their of from at in on to with for by and or so
  but then well just only really actually also here there now again over under near opposite across past next door doors downstairs upstairs below above oh hi hello hey good morning afternoon evening day
  yes yeah no sorry please thanks love dear darling mate sir madam speaking calling phone name mr mrs ms miss dr doctor who whose what one both all about right whos drueber drunter concerning regarding do does did dont know
  live lives lived work works working look after looks looking care cares teach teaches clean cleans run runs coach train walk meet met sit sits rent share through via mutual little old young elderly eldest youngest
  son daughter sons child children kid kids boy girl baby mother father mum mom dad parents wife husband partner brother sister grandma grandpa grandmother grandfather aunt uncle cousin neighbour neighbor neighbours
  grandson granddaughter nephew niece friend mate girlfriend boyfriend flatmate roommate colleague boss tenant landlord caretaker carer nurse teacher teachers assistant secretary receptionist manager officer pc sergeant
  constable detective inspector driver coach trainer cleaner gardener babysitter childminder nanny plumber electrician builder vet midwife pharmacist porter warden paramedic social worker dog cat walker cleaning
  house flat floor street road corner block village town building number ground office desk reception accounts front ward unit station room department team
  after before school club nursery hospital infirmary surgery clinic practice
  barbecue party mondays tuesdays wednesdays thursdays fridays saturdays sundays monday tuesday wednesday thursday friday
  ich bin bins wir uns sind du sie er es das dies die der dem den des ein eine einem einer mein meine meinem meiner meinen meim dein deine deinem deiner deinen ihr ihre ihrem ihrer ihren euer eure eurem eurer unser unsere unserem unserer
  seine seinem seiner sein ist war hier da aus von vom bei beim im in am an auf zu zur zum mit neben gegenueber unten oben drueben nebenan ueber unter und oder aber also ja nein na hallo servus moin guten tag morgen abend
  gruess gruezi grueezi gott dich euch mahlzeit so halt mal doch eben gerade kurz bitte danke entschuldigung spricht heisse name herr frau doktor schwester pfleger kommissar kommissarin hauptkommissar wachtmeister polizist polizistin
  polizei revier wache wegen um geht gehts ruf rufe wer wo wohne wohnt wohnen lebe lebt arbeite arbeitet putze putzt betreue betreut pflege kenne kennt kennen unterrichte sitze
  sohn tochter kind kinder junge maedchen baby mutter vater mama papa eltern mann partner partnerin bruder schwester oma opa grossmutter grossvater tante onkel enkel enkelin neffe nichte nachbar nachbarin
  freund freundin kollege kollegin chef chefin mieter mieterin vermieter hausmeister lehrer lehrerin klassenlehrer klassenlehrerin erzieherin trainer trainerin fahrer putzfrau haushaltshilfe pflegerin betreuer betreuerin sekretaerin
  hebamme tierarzt tieraerztin arzt aerztin hund katze kater
  stock etage haus wohnung strasse ecke dorf buero empfang station zimmer abteilung zweiten ersten dritten vierten
  klasse walking gardening babysitting boarding sitting`.split(/\s+/),
)
const numeral =
  /^(?:\d+|[a-z]|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|eins?|zwei|drei|vier|fuenf|sechs|sieben|acht|neun|zehn|elf|zwoelf)$/
const where = /^(?:aus|von|vom|am|in|from|at|near)$/

/** Said so that nobody is frightened, or out of politeness. */
const reassuring = words(`
  (?:dont|do not|try not to|no need to|nicht|bitte nicht) (?:\\w+ )?(?:panic|worry|alarmed|scared|frightened|shocked|upset|freak out|erschrecken|aufregen) ; erschrick (?:\\w+ )?nicht
  (?:nothing|nichts|nix|nischt) (?:\\w+ )?(?:bad|dramatic|terrible|to worry about|schlimmes|dramatisches|wildes) ; keine (?:sorge|angst|panik) ; are you sitting(?: down)? ; (?:sitzt du|sitzen sie)(?: gerade)?
  i (?:dont|do not|hate to|didnt|dont really) (?:want to |mean to |like to )?(?:bother|disturb|worry|trouble|scare|alarm) (?:you|anyone|anybody) ; (?:i )?(?:dont|do not|didnt) (?:want to |mean to )?(?:make (?:a )?fuss|be a (?:nuisance|bother|pain)|cause (?:any )?trouble) ; sorry to (?:bother|disturb|trouble) you ; (?:ich )?(?:will|wollte?|moechte) (?:\\w+ )?(?:nicht|keine\\w*) (?:\\w+ )?(?:stoeren|erschrecken|beunruhigen|machen) ; bothering you ; stoere
  (?:i )?(?:dont like|do not like|hate|cant stand|never know what to say to) (?:\\w+ )?(?:these|those|such|talking to|speaking to)?(?: \\w+)? ?(?:machines?|robots?|voicemails?|answerphones?|things) ; (?:ich )?(?:red|rede|sprech|spreche|mag) (?:\\w+ ){0,3}(?:maschinen?|anrufbeantworter|automaten?|ab|band|computern?) ; (?:is|ist) (?:that|this|it|das|da) (?:you|the machine|a machine|a robot|der anrufbeantworter|eine maschine|ein automat)
  (?:can|do) you hear me ; (?:hoeren|verstehen) sie mich ; (?:hoerst|verstehst) du mich ; (?:die |the )?(?:verbindung|line|connection|signal|leitung) (?:is|ist) (?:\\w+ ){0,2}\\w+ ; (?:youre|you are|im|its) breaking up
  (?:hang|hold) on(?: a (?:sec|second|minute|moment))? ; (?:one|just a) (?:sec|second|moment) ; (?:einen )?moment(?: mal| bitte)? ; wo (?:hab|habe) (?:ichs|ich es|ich das)(?: denn| nur| jetzt)? ; where (?:did|have) i put (?:it|that) ; ich muss (?:mal )?(?:grad|gerade|kurz|schnell)(?: mal)?(?: schauen| gucken| nachschauen| suchen)?`)
/** Whoever will not say it has not said it. */
const refusing = words(`
  (?:das |dat )?(?:sag|sage|verrat|verrate|erzaehl|erzaehle) ich (?:\\w+ ){0,2}nicht ; (?:das )?(?:moechte|will|wuerde|kann|darf) ich (?:\\w+ ){0,3}nicht sagen ; (?:das )?geht (?:\\w+ ){0,2}(?:ihn|sie|keinen|niemanden?|ihnen|dich)(?: \\w+){0,2} an ; (?:id|i would|i) rather not(?: say)?
  (?:im|i am) not (?:telling|saying)(?: you)? ; (?:i )?(?:cant|wont|dont want to|would not like to) (?:say|tell)(?: you)? ; none of your business ; between (?:me and \\w+|us|\\w+ and me) ; for (?:his|her) ears only ; (?:thats |its )?(?:private|personal|privat|persoenlich|vertraulich)`)
const formulas = new RegExp(`${reassuring.source}|${refusing.source}`, 'g')
const afterwards = /\b(?:ok|okay|gell|eh|right|though|jetzt|ne|gelle|wohl|vielleicht|probably)\b/g

/**
 * Whether a sentence only opens the call: who it is, about whom, and that there is no need to panic. What they have to say
 * comes with the next breath, and the line asks for it instead of taking the name for a message.
 */
export function isOpening(sentence: string, names: ReadonlySet<string>): boolean {
  const written = sentence.split(/\s+/).filter(Boolean)
  if (written.length === 0 || written.length > 18) return false
  return (
    written.every((word, i) => isIntroducing(word, i, written, names)) ||
    isFormula(sentence, written.length) ||
    isIntroduction(sentence, written.length)
  )
}

function isIntroducing(word: string, i: number, sentence: readonly string[], names: ReadonlySet<string>): boolean {
  const key = fold(word)
  if (key === '' || introducing.has(key) || names.has(key) || numeral.test(key)) return true
  if (key.endsWith('s') && introducing.has(key.slice(0, -1))) return true
  if (isKnownName(word.replace(/['’]s$/, '').replace(/[.,!?]+$/, '')) || organisationWords.test(key)) return true
  if (!/^["„(]?\p{Lu}/u.test(word)) return false
  // A name is written large; in German so is every noun, and only a title or a place in front makes it one.
  const before = fold(sentence[i - 1] ?? '')
  if (where.test(before) || titles.test(before) || before.startsWith('kommissar')) return true
  return i > 0 && !sentence.some(other => germanWord.test(other))
}

/** "It's the lollipop lady from the crossing": somebody of somewhere, and no more. */
const introduction =
  /^(?:(?:hi|hello|hey|there|yes|hallo|guten|gruess|tag|morgen|abend|gott|ja|du) )*(?:its|it is|this is|im|i am|hier ist|hier spricht|ich bin|ich bins) (?:the|a|your|an?|die|der|das|eine?|ihre?|deine?) (?!reminder|message|invitation|order|question|offer|erinnerung|nachricht|frage|einladung)(?:[a-z]+ ){1,3}(?:from|at|of|with|von|vom|aus|beim?) (?:(?:the|your|der|dem) )?[a-z]+(?: [a-z]+)?$/
const isIntroduction = (sentence: string, length: number) =>
  length <= mostOfFormula && introduction.test(fold(sentence))

function isFormula(sentence: string, length: number): boolean {
  if (length > mostOfFormula) return false
  const plain = fold(sentence)
  const rest = plain.replaceAll(formulas, ' ')
  return rest !== plain && isNothing(rest.replace(afterwards, ' '))
}

const germanWord = /^(?:ich|ist|der|die|das|und|wir|hier|von|es|ihr\p{L}*)(?!\p{L})/iu
const mostOfFormula = 14
const isNothing = (text: string) => text.split(' ').every(word => word === '' || introducing.has(word))

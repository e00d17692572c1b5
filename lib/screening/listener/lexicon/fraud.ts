import { sign } from './sign.ts'

const amount = `(?:\\d+|\\w*hundred|\\w*thousand|\\w*hundert|\\w*tausend|\\w+) ?(?:thousand |hundred |million )?(?:dollars?|euros?|pounds|bucks|franken)`
/** What a relative is said to be in, who needs money. */
const trouble = `(?:unfall|accident|crash|verhaft\\w*|arrest\\w*|polizei|police|gefaengnis|jail|haft|custody|gericht|court|anwalt|lawyer|staatsanwalt\\w*|krankenhaus|hospital|in trouble|in schwierigkeiten)`
const worth = `(?:money|cash|geld|bargeld|euros?|pounds|dollars|bucks|pay|zahl\\w*|send|schick\\w*|transfer|ueberweis\\w*)`
const secrecy = `(?:(?:dont|do not|please dont) tell (?:mom|mum|dad|anyone|anybody|my parents|grandpa|my wife|my husband)|(?:sag|erzaehl)\\w* (?:\\w+ )?(?:niemandem|keinem|mama|papa))`
/** The old story of the new number, and what it asks for. */
const otherPhone = `(?:save this (?:number|one)|(?:nummer|number) (?:bitte )?(?:ein)?(?:speichern|abspeichern)|(?:new|neues?|neuen|other|different|andere[ns]?|old|altes?|alten?) (?:phone|mobile|cell|number|nummer|handy|telefon|ones dead|ones broken)|(?:phone|mobile|handy|das andere|telefon)\\b.{0,20}\\b(?:toilet|loo|water|klo|toilette|wasser|kaputt|broken?|dead|smashed|verloren|lost|stolen|gestohlen|geklaut))`
const payment = `(?:(?:pay|zahl\\w*|bezahl\\w*|uebernehm\\w*|uebernimmst|ueberweis\\w*|transfer|settle|cover)\\b.{0,40}\\b(?:bills?|rent|rechnung(?:en)?|miete|for me|fuer mich|money|geld|invoice|hundred|thousand|pounds|euros?|dollars|hundert|tausend)|online ?banking)`
const money = `(?:money(?! orders?\\b)|cash|geld|bargeld|${amount})`

/** Tricks that are as old as the telephone, and the new ones. */
export const frauds = [
  sign(
    'asks for gift cards',
    3,
    `gift ?cards? ; itunes (?:cards?|codes?) ; google play (?:cards?|codes?) ; steam cards? ; apple cards? ; gutschein ?(?:karten?|codes?) ; geschenk ?karten? ; prepaid ?(?:karten?|cards?|codes?) ; paysafe\\w* ; western union ; money ?gram ; wire (?:transfer|the money|money|me) ; scratch off`,
  ),
  sign(
    'asks for codes or bank data',
    3,
    `(?:verification|security|one time|six digit|6 digit|four digit|confirmation|sms|text|pin|login|bestaetigungs|sicherheits|verifizierungs)\\s?(?:code|codes|pin|password|passcode)s? ; (?:code|pin|password|passcode|tan|nummer) (?:that |which |die |den )?(?:we|i|you|was|has|just|they|wir|sie|ich) (?:just |have |ihnen |gerade |eben |soeben )*(?:sent|send|texted|got|received|receive|geschickt|gesendet|bekommen|erhalten) ; (?:your|the) (?:pin|passwords?|passcode|tan|cvv|social security|ssn|card number|account number|bank details|banking details|date of birth|credit card number|credit card details|card details|login details|online banking) ; social security (?:number|administration|office)? ?(?:has|is|was|number)
    ihre?[nr]? (?:pin|tan|kartennummer|kontodaten|bankdaten|iban|kontonummer|zugangsdaten|passwoerter|kreditkarten\\w*|passwort|kennwort|sicherheitscode|geburtsdatum) ; (?:die|eine) tan ; tan ?(?:nummer|code)? (?:durchgeben|nennen|vorlesen) ; (?:codes?|pin|tan|nummern) (?:\\w+ )?(?:durchgeben|nennen|vorlesen|mitteilen|bestaetigen|durch) ; read (?:me |out )+(?:the |that )?(?:\\w+ )?(?:code|number|digits) ; (?:confirm|verify|validate|update) (?:your|the) (?:\\w+ )?(?:card|account|bank|banking|identity|details|personal|information|ssn|social|payment) ; (?:daten|konto|identitaet) (?:bestaetigen|verifizieren|abgleichen) ; bestaetigen sie (?:bitte )?(?:ihre|ihr) ; bank (?:account )?(?:details|information|data) ; kontodaten ; bankdaten ; last four (?:digits )?of ; need your (?:credit )?card ; social security number`,
  ),
  sign(
    'pretends to watch an account',
    3,
    `(?:suspicious|unusual|fraudulent|unauthori[sz]ed|irregular|strange) (?:\\w+ )?(?:activit\\w+|transaction\\w*|charges?|payments?|logins?|purchases?|transfers?|access|withdrawals?) ; (?:bank |your )?(?:account|card|konto|karte|kreditkarte|license|profile|benefits|sim)\\b.{0,20}\\b(?:suspended|blocked|locked|compromised|frozen|hacked|terminated|closed|deactivated|gesperrt|blockiert|eingefroren|gehackt|deaktiviert|geschlossen) ; (?:locked|blocked|suspended|frozen) your (?:account|card) ; (?:verdaechtige|ungewoehnliche|unbefugte|auffaellige|nicht autorisierte|unberechtigte)[rn]? (?:\\w+ )?(?:\\w*aktivitaet\\w*|\\w*abbuchung\\w*|transaktion\\w*|\\w*buchung\\w*|\\w*ueberweisung\\w*|\\w*zahlung\\w*|\\w*bewegung\\w*|\\w*zugriff\\w*) ; (?:fraud|security) (?:department|prevention|team|unit|alert) ; betrugs ?(?:abteilung|praevention)\\w* ; sicherheitsabteilung ; charged? (?:to )?(?:on )?your (?:card|account|amazon|credit) ; charge of ; (?:did you|you) (?:authori[sz]e|approve) ; purchase of (?:an? )?(?:iphone|macbook) ; (?:amazon|netflix|paypal|apple|microsoft|norton|mcafee) (?:prime )?(?:membership|subscription|account|renewal|konto|order (?:of|for|has|worth|confirmation|number)) ; antivirus ; subscription (?:has been |will be |is )?(?:renewed|auto) ; safe account ; sicheres konto ; (?:move|protect|secure) your (?:money|savings) ; geld in sicherheit ; in sicherheit bringen ; refund\\b.{0,40}\\b(?:owed|process|department|pending|account|computer|subscription) ; (?:issue|process) (?:you )?a refund ; (?:rueckerstattung|erstattung)\\b.{0,40}\\b(?:konto|ueberweisen|bank|daten) ; overpaid `,
  ),
  sign(
    'pretends to repair a computer',
    3,
    `your (?:computer|pc|laptop|device|windows|router|network|internet|ip address|ip)\\b.{0,40}\\b(?:virus\\w*|infected|hacked|hackers?|errors?|problems?|license|expired|compromised|sending|malware|trojan\\w*|security|risk|blocked|slow|malicious|downloading|detected) ; (?:detected|noticed|found)\\b.{0,30}\\byour (?:pc|computer|laptop|device|network) ; malicious ; (?:technician|engineer|techniker|mitarbeiter) (?:from|of|von|at) (?:windows|microsoft|apple) ; (?:windows|microsoft|apple|technical|tech|computer) (?:technical )?(?:support|technician|helpdesk|security|service cent\\w+) ; (?:access to|into|connect to|look at) (?:your|the) (?:computer|pc|laptop|device|screen|online banking) ; zugriff auf (?:ihr\\w*|den|das) (?:computer|pc|rechner|laptop|handy|konto|bildschirm) ; remote (?:access|control) (?:to|of|over) ; any ?desk ; team ?viewer ; ihr\\w* (?:computer|pc|rechner|laptop|windows|router|geraet)\\b.{0,30}\\b(?:vir\\w+|infiziert|gehackt|hacker|fehler|problem\\w*|lizenz|abgelaufen|trojaner|verschickt|sicherheit\\w*|gefaehrdet) ; virus auf ; technische\\w* support ; trojaner ; malware ; microsoft\\b.{0,30}\\b(?:virus|computer|support|lizenz)`,
  ),
  sign(
    'threatens with authorities',
    3,
    `(?:arrest|arrested|arrest warrant) ; warrant ; irs ; internal revenue ; hmrc ; tax (?:fraud|evasion|debt|arrears) ; back taxes ; unpaid tax\\w* ; owe (?:\\w+ )?tax\\w* ; federal (?:agent|bureau|officer|investigat\\w+|crime) ; fbi ; interpol ; europol ; customs (?:has|have|seized|found|officer) ; illegal (?:activit\\w+|packages?|parcel|substances?|items?) ; drug trafficking ; haftbefehl ; verhaftet ; festgenommen ; strafverfahren ; ermittlungsverfahren ; pfaendung\\w* ; bundeskriminalamt ; money laundering ; geldwaesche ; deport\\w+ ; used in a crime ; (?:identity|personalausweis|name|identitaet|ausweis)\\b.{0,30}\\b(?:missbraucht|gestohlen worden|aufgetaucht|stolen and used|misused) ; (?:go|sent|put|taken) to (?:jail|prison)`,
  ),
  sign(
    'threatens',
    2,
    `(?:sheriff|police|officers?|agents?|marshals?|bailiffs?|polizei|gerichtsvollzieher|beamte[nr]?)\\b.{0,40}\\b(?:unless|if you (?:dont|do not)|wenn sie nicht|falls sie nicht|ausser) ; unless (?:the|this|your|it|you)\\b.{0,40}\\b(?:paid|pay|settled?|cleared?|resolved?) ; (?:fine|penalty|tolls?|bussgeld|strafe)\\b.{0,30}\\b(?:settled?|pay|unpaid|overdue|zahlen|bezahlen) ; (?:unpaid|unbezahlte\\w*) \\w+ ; to avoid (?:a |an |the )?(?:\\w+ )?(?:penalty|fine|arrest|fees?|disconnection|prosecution) ; (?:disconnected|cut off|shut off|shut down|abgestellt|abgeschaltet|stromsperre)\\b.{0,60}\\b(?:unless|pay|bill|zahl\\w*|rechnung|bezahl\\w*|today|heute|minut\\w*) ; unless you (?:pay|verify|confirm|call|act) ; (?:wenn sie nicht|falls sie nicht) (?:\\w+ )?(?:zahlen|bezahlen|bestaetigen) ; (?:be)?zahlen sie (?:bitte )?(?:die|eine|den|das) ; legal action ; lawsuit against you ; against you ; sue you ; (?:be|been|being|get|getting|got|are|were) sued ; final (?:notice|warning|demand) ; last (?:warning|notice) ; letzte (?:mahnung|warnung|zahlungsaufforderung) ; gerichtsvollzieher ; zwangsvollstreckung ; inkasso\\w* ; mahnbescheid ; gegen sie (?:liegt|wird|wurde|vor) ; anzeige gegen sie ; (?:must|need to|have to|muessen) (?:\\w+ )?(?:pay|bezahlen|zahlen) (?:\\w+ )?(?:today|now|immediately|sofort|heute) ; (?:zahlen|bezahlen) sie (?:sofort|heute|jetzt|umgehend) ; machen sich (?:sonst )?strafbar ; in custody ; jail ; gefaengnis ; legally obliged`,
  ),
  sign(
    'sells crypto or luck',
    3,
    `bitcoins? ; crypto\\w* ; krypto\\w* ; ethereum ; forex ; trading ?(?:platform|account|plattform|konto|bot) ; guaranteed (?:returns?|profits?|income) ; garantierte\\w* (?:rendite|gewinn\\w*) ; double your (?:money|investment) ; (?:inherit\\w*|erbschaft)\\b.{0,80}\\b(?:millions?|millionen|fees?|gebuehr\\w*|unknown|distant|unbekannt\\w*|transfer\\w*|ueberweis\\w*|percent|prozent|beneficiary|bank|account|konto|claim\\w*|ausgezahlt|auszahl\\w*) ; (?:millions?|millionen|unknown|distant|unbekannt\\w*|entfernt\\w*|beneficiary|claim\\w*)\\b.{0,80}\\b(?:inherit\\w*|erbschaft) ; deceased relative ; (?:prince|bank) (?:of|in) nigeria ; nigerian ; lottery (?:win\\w*|ticket) ; unclaimed (?:funds|money)`,
  ),
  sign(
    'asks a relative for money',
    3,
    `${otherPhone}\\b.{0,160}\\b${payment} ; ${payment}\\b.{0,160}\\b${otherPhone} ; (?:bail|kaution)\\b.{0,120}\\b(?:${trouble}|${worth}(?! (?:\\w+ ){0,4}(?:back|zurueck)))(?! (?:\\w+ ){0,3}zurueck) ; ${trouble}\\b.{0,160}\\b(?:bail|kaution) ; (?:need|needs|pay|post|brauch\\w*|benoetig\\w*|hinterleg\\w*|stellen)\\b.{0,40}\\b(?:bail|kaution)\\b ; ${secrecy}\\b.{0,120}\\b(?:${trouble}|${worth}) ; (?:${trouble}|${worth})\\b.{0,120}\\b${secrecy} ; (?:need|needs|want|wants|send|lend|transfer|wire|borrow|give|brauche|braucht|schick\\w*|ueberweis\\w*|leih\\w*|gib|zahl\\w*|benoetig\\w*)\\b.{0,40}\\b${money}\\b(?=.*\\b(?:now|today|quick\\w*|fast|lawyer|sofort|heute|schnell|dringend|anwalt|unfall|trouble|secret|accident|urgent\\w*|immediately|phone|number|nummer|handy|account|konto|auto|car|court|hospital|krankenhaus|enkel|grandson|help|hilfe)\\b) ; (?:accident|unfall|arrested|trouble|emergency|notfall)\\b.{0,60}\\b(?:need|brauche|brauchen|send|schick\\w*|ueberweis\\w*|pay|zahlen|transfer)\\b.{0,30}\\b${money} ; (?:grandson|granddaughter|nephew|niece|enkel|enkelin|neffe|nichte)\\b.{0,80}\\b(?:money|geld|euro|dollars|pounds|cash|tausend) ; (?:new|neue) (?:phone |mobile )?(?:number|nummer)\\b.{0,80}\\b(?:money|geld|ueberweis\\w*|transfer|pay|bezahlen|rechnung|bill) ; (?:lost|broke|broken|dropped) (?:my )?phone\\b.{0,80}\\b(?:money|pay|transfer|wire|bill) ; phone (?:broke|is broken|got stolen)\\b.{0,80}\\b(?:money|pay|transfer|wire|bill) ; handy (?:\\w+ )?(?:verloren|kaputt|gestohlen)\\b.{0,80}\\b(?:geld|ueberweis\\w*|bezahlen) ; wertsachen ; schmuck\\b.{0,30}\\b(?:bereit|abhol\\w*|sicher\\w*) ; (?:bargeld|geld)\\b.{0,30}\\b(?:abhol\\w*|bereit\\w*|uebergeben|abheben) ; (?:abhol\\w*|bereit\\w*)\\b.{0,30}\\b(?:bargeld|geld)\\b ; courier (?:will|to|who) (?:\\w+ )?(?:collect|pick|come) ; kurier (?:kommt|holt) ; (?:kollegen|kollege|beamter) (?:\\w+ ){0,3}(?:abholt|abholen|vorbei)`,
  ),
  sign(
    'asks what no stranger must know',
    2,
    `(?:when|wann) (?:\\w+ ){0,3}(?:nobody|no one|noone|niemand|keiner|he is not|she is not) (?:\\w+ ){0,2}(?:home|zu hause|zuhause|daheim|da) ; nobody is at home ; (?:his|her|their|owners?|seine) (?:new |private |home |neue |private )?(?:address|adresse|anschrift) ; wo wohnt ; where does (?:he|she) live ; are you (?:home )?alone ; sind sie allein\\w* ; leben sie allein ; do you live alone ; nine zero pound ; test your (?:phone )?line`,
  ),
  sign(
    'an official without a case',
    1,
    `officer ; police(?: department| officer| station)? ; polizei\\w* ; kripo ; kriminalpolizei ; kommissar\\w* ; detective ; agent \\w+ ; federal ; government ; finanzamt ; tax office ; staatsanwalt\\w* ; prosecutor ; ministry ; zoll ; customs ; zentralbank ; verbraucherzentrale ; bundesbank ; revenue ; inheritance ; erbschaft ; fernwartung ; fernzugriff ; remote (?:access|session|control|desktop) ; microsoft ; bank ; sparkasse ; paypal ; amazon ; it department ; lawyer ; anwalt`,
  ),
  sign(
    'asks for money',
    2,
    `(?:i|we|ich|wir|can you|could you|kannst du|koennen sie|please|bitte|mir|me|us|uns) (?:\\w+ ){0,5}(?:need|needs|send|lend|transfer|wire|borrow|brauche|brauchen|schick\\w*|leih\\w*|ueberweis\\w*|benoetig\\w*)\\b(?: \\w+){0,4} (?:money(?! orders?\\b)|cash|geld|bargeld|(?:thousand|hundred|\\w*tausend|\\w*hundert|\\d{3,}) (?:dollars?|euros?|pounds|bucks|in cash))\\b ; (?:need|brauche?) (?:\\w+ ){0,3}(?:money(?! orders?\\b)|geld|cash) ; (?:etwas|was|geld|money|something) (?:\\w+ )?(?:ueberweisen|transfer) ; wire (?:me|us|the)`,
  ),
  sign(
    'wants valuables or cash kept safe',
    3,
    `(?:kolleg\\w*|bote|kurier|courier|colleague|driver|somebody|someone|officer|mitarbeiter\\w*|assistant)\\b.{0,25}\\b(?:holt|holen|kommt|collects?|picks? (?:it )?up|comes? for|come by)\\b.{0,25}\\b(?:geld|cash|money|bargeld|envelope|umschlag|amount|betrag) ; (?:krankenhaus|hospital|klinik|behandlung|treatment|operation|surgery|anwalt|lawyer|court|gericht)\\b.{0,80}\\b(?:bar (?:be)?zahl\\w*|in bar|in cash|cash|vorkasse|upfront|up front|bar bezahlt) ; (?:officer|police|detective|agent|colleague|policeman|courier|somebody|someone|we|polizist\\w*|beamte\\w*|kolleg\\w*|polizei|kripo)\\b.{0,80}\\b(?:keep|collect|secure|protect|guard|store|pick up|sichern|abholen|verwahr\\w*|aufbewahr\\w*)\\b.{0,30}\\b(?:jewell?ery|jewels|valuables|gold|cash|money|savings|schmuck|wertsachen|bargeld|geld|gold) ; (?:jewell?ery|valuables|gold|cash|savings|schmuck|wertsachen|wertgegenstaende|bargeld|ersparnisse)\\b.{0,30}\\b(?:safe|in sicherheit|sicher|at home|zu hause|im haus|collect\\w*|verwahr\\w*) ; (?:burglars?|gang|einbrecher\\w*|bande|diebe)\\b.{0,60}\\b(?:list|liste|notebook|zettel|notizbuch)`,
  ),
  sign(
    'lets one guess who calls',
    1,
    `guess who(?:s| (?:this |it )*is)? ; do you know who (?:this|it) is ; (?:rate?|raten sie) mal wer ; weisst du wer`,
  ),
  sign(
    'asks for money at once',
    1,
    `pay (?:now|today|immediately|the fine|a fine|a fee|the fee|by) ; fine of ; outstanding (?:amount|balance|debt|payment|invoice) ; overdue ; zahlungsaufforderung ; offene forderung ; mahnung ; fees? (?:of|for) (?:the )?(?:release|customs|delivery) ; zollgebuehr\\w* ; credit card ; kreditkarte ; bankkonto ; bank account`,
  ),
  sign(
    'asks whether somebody is at home',
    1,
    `is (?:anyone|anybody|someone) (?:at )?home ; (?:ist )?jemand zu hause ; are you (?:at )?home`,
  ),
  sign(
    'asks for secrecy or haste',
    1,
    `${secrecy} ; press (?:one|1|two|2|nine|9) ; druecken sie (?:die |auf die )?(?:eins|1|zwei|2) ; (?:do not|dont) hang up ; legen sie nicht auf ; nicht auflegen ; stay on the line ; bleiben sie (?:dran|am apparat|in der leitung) ; (?:must|have to|need to) come (?:in|inside) ; (?:muss|muessen) (?:\\w+ )?in (?:ihre wohnung|ihr haus) ; strictly confidential ; streng vertraulich ; tell no ?one ; act (?:now|immediately|fast) ; before its too late ; failure to ; (?:last|final) attempt ; letzter versuch ; otherwise you will ; to avoid`,
  ),
] as const

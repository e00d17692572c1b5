/**
 * Words of both languages that mean much the same, under one name: what is learned of an English mother and a leaking tap
 * holds for a German grandmother and a dripping pipe. Folded text; `*` stands for any ending.
 */
const families: Readonly<Record<string, string>> = {
  kin: `son daughter mother father mum mom dad wife husband partner brother sister grandma grandpa grandmother grandfather aunt uncle cousin parents grandson granddaughter
    sohn tochter mutter vater mama papa mami papi frau mann bruder schwester oma opa grossmutter grossvater tante onkel eltern enkel* nachbar* neighbo*`,
  child: `child children kid kids boy girl baby toddler pupil* son daughter teenager* kind kinder kleine* junge maedchen schueler* sohn tochter saeugling`,
  animal: `dog cat puppy kitten horse pony cow cows sheep rabbit hamster hund hunde katze kater welpe pferd pferde kuh kuehe schaf* hase kaninchen meerschweinchen`,
  body: `head arm arms leg legs hand hands foot feet heart chest face eye eyes knee back finger* blood breath* wrist ankle hip tongue mouth lips skin neck throat belly stomach
    kopf arm beine bein fuss fuesse herz brust gesicht auge augen knie ruecken blut* atem* handgelenk huefte zunge mund* lippen haut hals bauch luft`,
  lying: `floor ground stairs bathroom road street tracks bridge bed boden treppe* bad badezimmer flur strasse gleis* bruecke liegt lying found slumped gefunden`,
  building: `ceiling wall walls door window kitchen basement cellar roof garage lift elevator flat apartment stairwell landing decke wand waende tuer fenster kueche keller dach aufzug
    wohnung treppenhaus hausflur boiler heating pipe pipes socket fuse fuses meter heizung rohr* steckdose* sicherung* zaehler tank gate tor`,
  wet: `water leak* flood* drip* burst bursting wet soaked pouring gushing overflow* wasser* tropf* laeuft nass spritzt ueberlauf* rinnt undicht geplatzt`,
  hot: `fire smoke burn* flames gas smell* hiss* spark* smoulder* crackl* feuer rauch* brenn* qualm* flamme* riecht stinkt funken knistert zischt schmort verschmort`,
  stuck: `locked stuck trapped stranded jammed keys key broken ausgesperrt fest steckt stecken eingesperrt schluessel klemmt abgebrochen rein raus`,
  present: `outside downstairs here waiting standing door gate bell buzzer entrance reception parked unten draussen hier steh* wart* vor klingel* eingang einfahrt empfang`,
  authority: `police officer constable hospital ward nurse doctor paramedic* ambulance vet school nursery teacher guard firefighter* lifeguard polizei* krankenhaus klinik* station schwester
    arzt aerztin notarzt sanitaeter* tierarzt* tierklinik schule kita hort lehrer* erzieher* pflege* feuerwehr bergwacht`,
  now: `now minutes minute immediately already soon tonight today quick* jetzt gleich minuten sofort schon gerade heute schnell* eben`,
  later: `tomorrow next week weeks month months monday tuesday wednesday thursday friday saturday sunday weekend spring summer autumn winter whenever someday
    morgen uebermorgen naechste* woche wochen monat* montag* dienstag* mittwoch* donnerstag* freitag* samstag* sonntag* wochenende herbst sommer fruehling irgendwann januar februar maerz april
    juni juli august september oktober november dezember january february march may june july october december`,
  errand: `appointment invoice bill booking ready order letter form forms message confirm* cancel* moved reminder reschedule* rechnung termin* bestellung fertig post brief nachricht*
    zurueckrufen bescheid bestaetig* verschoben verschieben erinner* abholbereit formular* unterlagen document* quote`,
  leisure: `choir club match party cake birthday book books library garden dinner lunch coffee photos film movie concert rehearsal chor verein spiel feier kuchen geburtstag* buch buecher
    bibliothek garten essen kaffee fotos konzert probe stammtisch trip ausflug holiday urlaub ferien wedding hochzeit tickets karten barbecue grillen`,
  fixers: `driver delivery truck van fahrer lieferung spedition lkw taxi cab movers plumber locksmith electrician installateur handwerker monteur kurier courier fridge sofa moebel klempner
    schluesseldienst umzug* lieferant*`,
  gone: `missing gone lost left disappeared ran away wandered weg verschwunden vermisst abgehauen weggelaufen entlaufen find finden goodbye abschied*`,
  unwell: `worried scared afraid funny strange wrong badly worse sick ill fever pain hurt* crying fell fallen dizzy swollen shaking vomit* unwell allergic pale angst komisch seltsam schlecht
    krank fieber schmerz* weint gefallen gestuerzt gebrochen schwindel* geschwollen zittert erbroch* uebel blass allergi* krampf*`,
  nobody: `nobody noone anyone anybody answer answers answering reach keiner niemand jemand antwortet erreich* auf`,
  kindly: `thanks thank wanted just cheers wondered fancy lovely happy hope danke wollte gruss gruesse liebe schoene* gern* tschuess bussi freue freuen congratulations glueckwunsch`,
  fetch: `fetch pick collect come get abhol* hol* komm* kommen herkommen holen`,
  work: `meeting client* customer* deadline server system presentation boss shift contract wages office kunde* praesentation besprechung frist schicht chef* vertrag anlage produktion release buyers notary notar`,
}

const whole = new Map<string, string[]>()
/** Beginnings by their length, so that a word is looked up a few times and not compared with all. */
const beginnings = new Map<number, Map<string, string[]>>()

function learn(table: Map<string, string[]>, key: string, family: string) {
  table.set(key, [...(table.get(key) ?? []), family])
}
for (const [name, list] of Object.entries(families)) {
  for (const word of new Set(list.split(/\s+/))) {
    if (!word.endsWith('*')) learn(whole, word, `#${name}`)
    else {
      const stem = word.slice(0, -1)
      const table = beginnings.get(stem.length) ?? new Map<string, string[]>()
      beginnings.set(stem.length, table)
      learn(table, stem, `#${name}`)
    }
  }
}

/** The families that a word belongs to, added to `found`. */
export function addConcepts(word: string, found: Set<string>): void {
  for (const family of whole.get(word) ?? []) found.add(family)
  for (const [length, table] of beginnings) {
    if (word.length < length) continue
    for (const family of table.get(word.slice(0, length)) ?? []) found.add(family)
  }
}

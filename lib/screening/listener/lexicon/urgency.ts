import { sign, words } from './sign.ts'

const relative = `(?:son|daughter|child|kid|kids|boy|girl|baby|toddler|mother|father|mum|mom|dad|wife|husband|partner|brother|sister|grandma|grandpa|grandmother|grandfather|aunt|uncle|parents?|neighbou?r|teenager|grandson|granddaughter|grandchild|girlfriend|boyfriend|fiancee?|roommate|colleague|coworker|student|patient|dog|cat|puppy|pet|enkel|enkelin|enkelkind|freundin|kollege|kollegin|schueler|schuelerin|hund|katze|sohn|tochter|kind|kinder|baby|junge|maedchen|mutter|vater|mama|papa|frau|mann|partnerin|bruder|schwester|oma|opa|grossmutter|grossvater|tante|onkel|eltern|nachbarin|nachbar)`
const illness = `(?:sick|ill|fever|hurt|bleeding|unconscious|unresponsive|unwell|vomit\\w*|throwing up|not feeling|hit (?:his|her)|fell|fallen|collapsed|fainted|dying|rushed|taken to|pick(?:ed)? (?:him|her|them)? ?up|collected|lost|missing|crying|stung|bitten|got hit|gestossen|gestochen|verschluckt|platzwunde|zum arzt|to (?:the|a) doctor|needs a doctor|stitches|been hit|was hit|arrested|caught|dizzy|show up|turn up|come home|arrived|not come|go home|hurting|allergic|nicht (?:gekommen|angekommen|erschienen|aufgetaucht|da)|nach hause|festgenommen|bauchschmerzen|gebrochen|schwindelig|erbrochen|burn(?:t|ed)|krank|fieber|verletzt|blutet|gefallen|gestuerzt|umgekippt|umgefallen|uebergeben|uebergibt|uebel|abholen|abgeholt|schlecht|weint|bewusstlos|eingeliefert|gebissen|verbrannt|verschwunden|weggelaufen)`
/** A day that is not today: then it is a plan and no need. */
const laterDay = `(?:tomorrow|next \\w+|on (?:the|mon|tues|wednes|thurs|fri|satur|sun)\\w*|(?:mon|tues|wednes|thurs|fri|satur|sun)day|this week\\w*|some ?time|morgen|uebermorgen|naechste\\w*|am (?:mon|diens|mitt|donners|frei|sams|sonn)\\w+|irgendwann|in \\w+ (?:weeks|months|wochen|monaten))`
/** Said of today, as far as one can hear. */
const today = `(?!.{0,60}\\b${laterDay}\\b)`
const waiting = `(?:outside|at (?:your|the|his|her) (?:\\w+ )?(?:door|gate|house|entrance|reception)|in front of|downstairs|on site|out front|vor (?:der|ihrer|eurer|deiner) (?:haus ?|eingangs ?)?tuer|vor (?:dem|ihrem|eurem|deinem) (?:haus|laden|tor|gebaeude)|an (?:der|ihrer) (?:haus ?)?tuer|am (?:tor|eingang)|unten|draussen|vor ort)`

/** Life, limb, home: a person must hear of it now. */
export const emergencies = [
  sign(
    'an emergency',
    2,
    `emergenc\\w+ ; notfa(?:ll|elle)\\w* ; life (?:and|or) death ; matter of life ; lebensgefahr\\w* ; leben und tod ; sos ; send help ; need help (?:now|immediately|right now) ; brauche(?:n)? (?:sofort |dringend |schnell )?hilfe`,
  ),
  sign(
    'an accident',
    2,
    `(?:had|been in|was in|having|in|bad|car|serious|a|an) (?:\\w+ ){0,2}accidents? ; car crash ; crashed ; run over ; \\w*unfall ; verunglueckt ; verletzt ; injured ; injury
    (?:is|got|been|badly|hes|shes|are) hurt ; hurt (?:him|her|them|my)sel\\w+ ; broken? (?:\\w+ )?(?:arm|leg|hip|wrist|ankle|foot|nose|collarbone) ; (?:arm|bein|huefte|fuss|hand|handgelenk)\\b.{0,15}gebrochen
    fell (?:down|off|over|from|in|of) ; fallen (?:down|off|over|from) ; has fallen ; had a (?:bad )?fall ; gestuerzt ; hingefallen ; runtergefallen ; blutet ; bleeding ; knocked down ; hit by a ; angefahren ; got hit ; been hit ; gebrochen ; abgestuerzt ; (?:vom|von der|von dem|aus dem|aus der|die treppe)\\b.{0,30}\\bgefallen ; concussion ; gehirnerschuetterung ; splitter ; platzwunde ; knocked out ; ueberfahren ; drown\\w* ; ertrunken ; stromschlag ; electric shock ; explosion ; explodiert ; shooting ; gunman ; bomb(?: threat)? ; bombe ; bombendrohung ; amok\\w* ; evacuat\\w+ ; evakuier\\w*`,
  ),
  sign(
    'a hospital',
    2,
    `(?:to|in|at|from) (?:the |a )?(?:\\w+ ){0,2}hospital ; ambulance ; paramedics? ; emergency room ; intensive care ; icu ; krankenhaus ; krankenwagen ; notaufnahme ; intensivstation ; notarzt ; rettungswagen ; rettungsdienst ; sanitaeter ; ins klinikum ; (?:im|vom) klinikum ; (?:in die|in der) (?:\\w*klinik) ; not ?op ; eingeliefert`,
  ),
  sign(
    'an illness',
    2,
    `heart attack ; (?:a|had a) stroke ; unconscious ; unresponsive ; passed out ; fainted ; collapsed ; cant breathe ; cannot breathe ; trouble breathing ; (?:not|isnt|stopped|barely|hardly) breathing ; doesnt breathe ; no pulse ; hoert nicht auf zu bluten ; chest pains? ; seizure ; allergic (?:reaction|shock) ; anaphyla\\w+ ; choking ; swallowed ; poison\\w* ; overdose
    herzinfarkt ; schlaganfall ; bewusstlos ; ohnmaechtig ; zusammengebrochen ; umgekippt ; keine luft ; atemnot ; atmet nicht ; brustschmerzen ; krampfanfall ; allergische\\w* ; verschluckt ; vergiftet ; vergiftung
    (?:in|into|going into|gone into|in active) labou?r ; water (?:just )?broke ; waters? (?:have |has )?broken? ; having the baby ; baby is coming ; contractions ; fruchtblase ; wehen ; baby kommt ; high fever ; turn for the worse ; (?:deteriorat|worsen)\\w+ ; verschlechter\\w* ; geht (?:es )?(?:\\w+ ){0,3}(?:sehr |ganz )?schlecht\\w* ; hohes fieber ; (?:is|hes|shes) dying ; liegt im sterben ; passed away ; (?:has|just) died ; gestorben ; verstorben
    suicid\\w+ ; kill\\w* (?:my|him|her|them)sel\\w+ ; hurt myself ; end (?:my|his|her) life ; sich umbringen ; mich umbringen ; selbstmord ; suizid\\w* ; mir etwas antun ; nicht mehr leben`,
  ),
  sign(
    'a fire',
    2,
    `(?:is|on|a|the|house|kitchen) (?:on )?fire ; on fire ; burning down ; smoke (?:coming|in|alarm|detector|everywhere|from) ; smoke is coming ; (?:see|smell|is|theres) smoke ; (?:kommt|dringt|steigt|sehe|riecht nach) (?:\\w+ )?(?:rauch|qualm) ; es brennt ; brennt ; feuer (?:im|in|auf) ; feueralarm ; rauchmelder ; qualm\\w* ; rauch (?:kommt|im|aus) ; verbrannt ; smells? (?:of |like )?(?:gas|burning|smoke) ; gas leak ; gasgeruch ; (?:riecht|stinkt) (?:\\w+ )?(?:nach gas|verbrannt|nach rauch|nach feuer) ; carbon monoxide ; (?:herd|ofen|buegeleisen|stove|oven) (?:ist |is )?(?:noch |still )?(?:an|on)`,
  ),
  sign(
    'water damage',
    2,
    `(?:water|wasser)\\b.{0,25}\\b(?:dripping|leaking|running|pouring|streaming|seeping|coming|tropft|laeuft|kommt|stroemt)\\b.{0,25}\\b(?:through|into|from|down|ceiling|wall|kitchen|bathroom|floor|lamp|durch|aus|von|decke|wand|boden|unsere\\w*|my|mine) ; (?:tropft|laeuft|kommt)\\b.{0,20}\\b(?:wasser|durch die decke|von der decke|aus der decke) ; flood(?:ed|ing)? ; burst pipe ; pipe (?:has |just )*burst ; pipes? (?:\\w+ )?burst ; water (?:is |was )?(?:coming|pouring|leaking|running|dripping|everywhere|all over|rising|through) ; leak(?:ing|s)? (?:through|from|into|in the) ; (?:big|bad|huge|major) leak ; \\w*rohrbruch ; wasserschaden ; wasser (?:laeuft|kommt|tropft|steht|stroemt|dringt) ; (?:laeuft|kommt|tropft|stroemt) (?:\\w+ ){0,2}wasser ; keller (?:steht|laeuft) ; ueberschwemm\\w+ ; ueberflutet ; under water ; oel (?:laeuft|aus) ; oil (?:is )?(?:leaking|spill\\w*) ; tree (?:fell|has fallen|came down) ; baum (?:ist )?(?:umgefallen|gestuerzt|gefallen) ; roof (?:is )?(?:leaking|came off|collapsed) ; dach (?:ist )?undicht ; (?:ceiling|decke)\\b.{0,20}\\b(?:came down|coming down|dripping|tropft|runter|eingestuerzt) ; unter wasser ; (?:washing machine|waschmaschine|dishwasher|spuelmaschine) (?:\\w+ )?(?:leak\\w*|ausgelaufen|laeuft aus)`,
  ),
  sign(
    'a crime',
    2,
    `br(?:oke|oken|eak|eaking) in(?:to)? ; break ?in ; burglar\\w* ; burgled ; robbed ; mugged ; attacked ; intruder ; being followed ; threatening (?:me|us|her|him) ; stolen ; (?:trying|tried|tries|attempting) to (?:get|break|climb) in(?:to|side)? ; (?:somebody|someone|stranger|man|guy|people|person) (?:is |are )?(?:in|inside|on|breaking|climbing|looking into|snooping) (?:\\w+ )?your ; prowler ; suspicious (?:man|person|guy|people|car|van|package) ; (?:fenster|scheibe|tuer|schloss|window|door|lock)\\b.{0,25}\\b(?:eingeschlagen|zerbrochen|aufgebrochen|smashed|broken|kicked in|forced|wide open|steht offen|weit offen|sperrangelweit) ; incident at ; (?:911|112|nine one one) (?:dispatch\\w*|calling|operator) ; dispatch(?:er)? ; leitstelle ; (?:jemand|fremder|unbekannter|mann) (?:ist|versucht|steht|klettert|schleicht)\\b.{0,30}\\b(?:ihr\\w*|garten|haus|wohnung|fenster) ; vandal\\w* ; eingebrochen ; einbruch ; einbrecher ; ueberfallen ; ausgeraubt ; bedroht ; gestohlen ; geklaut ; shots? fired ; schuesse
    alarms?\\b.{0,25}\\b(?:going off|went off|gone off|ringing|goes off|triggered|is on) ; (?:active|loud) alarm ; (?:temperature|temperatur)\\b.{0,20}\\b(?:rising|too high|steigt|zu hoch) ; overheat\\w* ; ueberhitz\\w* ; alarm (?:geht|ist|wurde|im|bei ihnen) ; alarmanlage ; gone missing ; wird vermisst ; verschwunden ; ran away ; weggelaufen ; ausgebuext ; cant find (?:my|our|the) (?:son|daughter|child|kid|boy|girl|mother|father)`,
  ),
  sign(
    'somebody close who needs help',
    2,
    `${relative}\\b.{0,40}\\b${illness} ; (?:isnt|not|arent|nicht) feeling (?:\\w+ )?(?:well|good|right) ; (?:needs?|has|have|muss|muessen) to (?:go home|come home|be (?:picked up|collected|taken home)) ; (?:muss|muessen) (?:\\w+ ){0,3}(?:abgeholt|nach hause) ; (?:nurse|teacher|school|lehrerin|lehrer|schule|kita|kindergarten|erzieherin|hort)\\b.{0,80}\\b(?:not feeling|sick|ill|hurt|fell|bauchschmerzen|krank|abholen|fieber|erbrochen|throwing up|temperature) ; (?:pick up|pick him up|pick her up|collect|fetch|abholen|holen sie)\\b.{0,30}\\b(?:son|daughter|child|kid|kids|sohn|tochter|kind|him|her|ihn|sie) (?:now|today|early|right|immediately|sofort|jetzt|gleich|ab)`,
  ),
  sign(
    'somebody in need',
    2,
    `(?:has|have|got|running|with|had) (?:a |an |got )*(?:high |very high |bad |slight )?(?:fever|temperature) ; fever of ; (?:hat|haben|mit) (?:\\w+ ){0,2}fieber ; fieber (?:von|ueber) ; (?:is|are|s|been|keeps?|started|starts|just) (?:throwing up|vomiting|puking|fainting|shaking|convulsing|choking|bleeding) ; (?:threw|throws|thrown) up ; puked ; vomited ; (?:needs?|will need|requires?|get|getting) (?:a few |some )?(?:stitches|surgery|an ambulance|a doctor|an x ?ray) ; muss genaeht werden ; (?:isnt|is not|not|doesnt|wont|cant|cannot) (?:moving|move|wake up|waking up|responding|respond|get up|stand up|talk|speak|walk)\\b ; (?:bewegt|ruehrt|regt) sich (?:\\w+ )?nicht ; wacht nicht (?:\\w+ )?auf ; kommt nicht (?:mehr )?(?:hoch|auf die beine) ; (?:dont|do not) know what to do ; weiss nicht (?:mehr )?(?:\\w+ )?(?:was ich (?:machen|tun) soll|weiter) ; (?:im|i am|were|shes|hes) (?:so |really |very )?(?:scared|frightened|freezing|in danger|in trouble|lost)\\b ; (?:hab|habe) (?:\\w+ )?angst ; (?:its|it is) (?:so |really |getting )?(?:dark|freezing)\\b ; (?:dont|do not) know (?:where i am|how to get home|the way) ; weiss nicht wo ich bin ; verlaufen ; verirrt ; find\\w* (?:\\w+ ){0,2}nicht (?:mehr )?(?:heim|nach hause|zurueck|zu dir|her) ; (?:all )?alone and ; (?:^|and |im |i am )(?:here )?all alone ; ganz allein
    (?:is|ist) (?:he|she|they|er|sie) (?:with|at|bei|schon) (?:you|home|ihnen|euch|dir|zu hause) ; (?:did|didnt|did not|never|hasnt|has not|wasnt|havent) (?:\\w+ )?(?:got|get|gotten|come|came|make it|made it|arrive|arrived|turn up|show up|return|returned)\\b.{0,12}\\b(?:off|home|to school|to class|from school|at his stop|at her stop) ; wasnt (?:on|at) (?:the|his|her) (?:bus|school|stop) ; nicht (?:aus dem bus|aus der schule|nach hause) (?:gekommen|ausgestiegen)
    ${relative}\\b.{0,60}\\b(?:got out|got loose|ran off|run off|running around|on the (?:main )?(?:road|street|highway)|at large|zugelaufen|entlaufen|ausgerissen|auf der strasse|abgehauen) ; (?:found|picked up|have|caught) your (?:dog|cat|son|daughter|child|kid) ; (?:hund|katze)\\b.{0,30}\\b(?:bei uns|zugelaufen|gefunden)`,
  ),
  sign(
    'somebody to be fetched',
    2,
    `(?:miss|missed|missing) (?:the |my |our |his |her )?(?:(?:last|school|late|only|night|connecting) )?(?:bus|train|tram|subway|ferry|ride|flight|plane|connection|stop)\\b${today} ; (?:last|next) (?:bus|train|tram|subway) (?:is |has |just |already )*(?:gone|left|cancel\\w+) ; (?:bus|zug|bahn|anschluss|faehre|mitfahrgelegenheit)\\b.{0,12}\\bverpasst${today} ; (?:bus|zug|bahn) (?:ist |schon )*(?:weg|abgefahren) ; (?:my|our|the) (?:phones?|mobiles?|cell\\w*|battery|batteries)\\b(?: \\w+){0,5} (?:dying|die|dead|died|empty|low|percent|go|going) ; (?:mein|der|mei|das) (?:handy|akku|handyakku|telefon)\\b(?: \\w+){0,4} (?:leer|alle|aus|prozent) ; phones? (?:is )?(?:about to (?:die|go)|dying|almost dead|nearly dead)
    (?:come|came|coming) (?:and |to |out and )?(?:get|fetch|collect|pick|grab) (?:me|us|him|her|them|(?:your|the|our|my) \\w+)\\b${today} ; (?:pick|picked) (?:me|us|him|her|them) up${today} ; (?:collect|fetch) (?:me|us|him|her|them)\\b${today} ; (?:somebody|someone|anybody|anyone|you) (?:\\w+ ){0,3}(?:come|get|pick|fetch|collect) (?:\\w+ )?(?:get|him|her|them|me|us)\\b${today} ; give me a (?:ride|lift) (?:home|now|back) ; (?:holst|hol|holt|holen sie|hole) (?:\\w+ )?(?:mich|uns|ihn)\\b${today} ; (?:mich|uns|ihn) (?:\\w+ ){0,5}(?:abholen|holen|abzuholen)\\b${today} ; (?:mum|mom|mommy|mummy|mama|mami|dad|daddy|papa|papi|honey|hon|sweetie|sweetheart|darling|babe|schatz|liebling|grandma|grandpa|oma|opa|its me|ich bins)\\b.{0,100}\\b(?:pick up|come quick|come here|komm (?:schnell|bitte|her)|geh ran|help me|hilf mir|stuck|locked|lost|stranded|waiting (?:outside|at|in front)|standing (?:outside|at|in|here)|stehe? (?:vor|an|am|hier|draussen)|keiner (?:ist )?da|nobody (?:is )?(?:here|home))\\b${today}`,
  ),
  sign(
    'somebody shut out or stuck',
    2,
    `(?:forgot|lost|left|havent got|dont have|broke) (?:my|our|the) (?:house |front door |door )?keys?\\b(?! (?:at yours|at your place|with you)).{0,40}\\b(?:home|in|inside|out|outside|cold|freezing|when are you|waiting|door) ; schluessel (?:\\w+ )?(?:vergessen|verloren|liegen lassen|steckt|abgebrochen) ; cant (?:get|come) (?:in|inside|into|out)\\b ; locked (?:\\w+ )?out ; locked (?:my|him|her|our|them)sel\\w+ (?:out|in) ; ausgesperrt ; stuck (?:\\w+ )?(?:in|on) (?:the |an |a )?(?:\\w+ )?(?:lift|elevator|snow|highway|motorway|road) ; (?:im|in dem) (?:aufzug|fahrstuhl|lift) ; steck\\w*\\b.{0,15}fest ; (?:lift|elevator|aufzug|fahrstuhl) (?:\\w+ )?(?:is |ist )?(?:stuck|steckt|stecken|steht) ; trapped ; eingesperrt ; eingeschlossen ; stranded ; gestrandet`,
  ),
] as const

/** It cannot wait for a call back. */
export const urgencies = [
  sign(
    'called urgent',
    2,
    `urgen\\w* ; (?:very|really|extremely|super|so|terribly) (?:important|serious) ; dringen[dt]\\w* ; eilig\\w* ; eilt ; (?:sehr|wirklich|ganz|extrem|total) wichtig ; brandeilig ; (?:highest|top) priority ; hoechste prioritaet ; time (?:critical|sensitive) ; zeitkritisch ; critical ; keine zeit zu verlieren ; no time to lose`,
  ),
  sign(
    'called immediate',
    2,
    `right away ; immediately ; straight ?away ; right now ; (?:as soon as|soon as) (?:\\w+ )?(?:possible|can) ; asap ; (?:cant|cannot|can not|wont) wait ; without delay ; hurry ; sofort\\w* ; so schnell (?:es geht|wie moeglich|es irgendwie geht) ; (?:schnellst|baldigst)moeglich\\w* ; umgehend ; unverzueglich ; auf der stelle ; kann nicht (?:\\w+ )?warten ; jetzt gleich ; at once ; beeil\\w* ; schnell(?:er)? kommen
    (?:within|in) (?:the )?(?:next |half )?(?:an |one |half an )?(?:\\w+ )?(?:minutes?|hour) ; in (?:den naechsten |\\w+ )?minuten ; in (?:einer |einer halben |ner |der naechsten |einer knappen )(?:halben )?stunde ; (?:tonights|todays) (?:shift|show|performance|flight|game)`,
  ),
  sign(
    'somebody is waiting',
    2,
    `(?:cant|cannot|can not|couldnt|dont|unable to|trying to) (?:seem to )?(?:find|see|locate) (?:you\\b|u\\b|(?:the|your|a|this|that|any) (?:\\w+ ){0,2}(?:house|home|address|place|entrance|gate|door|building|apartment|flat|unit|code|street|number|driveway|mailbox|bell|name|office|shop)\\b|house|apartment|number) ; (?:find\\w*|seh\\w*) (?:\\w+ ){0,2}(?:euch|dich|sie|ihn|eingang|adresse|hausnummer|haus|klingel|einfahrt|tor) (?:\\w+ ){0,2}nicht ; (?:find\\w*|seh\\w*) (?:den|die|das|ihr\\w*|euer\\w*|dein\\w*) (?:eingang|adresse|hausnummer|haus|klingel|einfahrt|tor|wohnung|strasse)\\b.{0,10}\\bnicht ; where (?:are|r) (?:you|u|all of you) ; wo (?:bist du|seid ihr|sind sie|steckst du) ; (?:gate|door|entry|entrance|access|building) code ; (?:tor|tuer) ?code ; (?:bell|buzzer|doorbell|intercom|klingel|gegensprechanlage|sprechanlage|code|gate|elevator)\\b.{0,25}\\b(?:doesnt work|isnt working|not working|does not work|broken|wont open|doesnt open|kaputt|geht nicht|funktioniert nicht|not opening) ; (?:here|outside|downstairs|there|around|out front|standing here) (?:\\w+ ){0,2}(?:with|mit) (?:your|the|an?|some|ihr\\w*|der|dem|einer|einem|deiner|eurer) (?:\\w+ )?(?:pizza|food|order|parcel|package|delivery|groceries|letter|flowers|truck|essen|paket|lieferung|bestellung|brief|blumen|einkauf) ; (?:im|i am|were|we are) (?:\\w+ )?(?:next to|beside|by|at|in front of|outside) your (?:\\w+ )?(?:car|house|home|door|gate|building|office|place|shop|entrance) ; nobody (?:is )?(?:around|in|inside|there|coming|opening|answering|answers|opens) ; no one (?:is )?(?:around|in|inside|there|coming|opening|answering) ; (?:keiner|niemand) (?:\\w+ )?(?:auf|oeffnet|hier|da) ; (?:ihr|dein|your) (?:taxi|uber|cab|driver|ride|fahrer|lift)\\b.{0,30}\\b(?:here|outside|downstairs|waiting|arrived|warte\\w*|unten|vor|da) ; (?:im|i am|here) (?:your |the )?(?:to|and i) (?:fix|repair|deliver|install|drop off|pick up)\\b.{0,60}\\b(?:nobody|no one|closed|locked|outside|here|waiting|open\\w*) ; (?:truck|van|driver|crew|lorry|lkw) (?:is |are |ist |steht )(?:\\w+ )?(?:outside|here|downstairs|waiting|arrived|draussen|unten|da) ; (?:flight|plane|train|flug|zug) (?:\\w+ )?(?:landed|arrived|got in|gelandet|angekommen) ; waiting (?:for you )?(?:at|in|by|near|outside|downstairs) ; (?:im|i am|were|we are) (?:\\w+ ){0,2}(?:already )?at (?:the )?(?:restaurant|airport|station|arrivals|entrance|gate)\\b.{0,40}\\b(?:where|waiting|already|come|coming)
    (?:im|i am|were|we are|hes|shes|they are|theyre|standing|waiting|here|arrived|parked|driver|courier|technician|plumber|stehe|stehen|warte|warten|bin|sind|steht|wartet|fahrer|bote|handwerker|monteur)\\b.{0,30}\\b${waiting} ; ${waiting}\\b.{0,40}\\b(?:nobody|no one|noone|macht (?:keiner|niemand)|niemand|keiner|waiting|wartet|warten) ; at your (?:front )?door ; open up ; im here ; we are here ; were here ; i am here ; i have arrived ; ive arrived ; bin (?:jetzt |schon )?(?:da|angekommen|hier) ; (?:is |someone |standing )at the door ; vor der tuer ; vor ihrer tuer
    (?:nobody|no one) (?:is )?(?:answers?|answering|opens?|opening|here|at home|turned up|showed up|has come|came|to let) ; macht (?:keiner|niemand) auf ; (?:keiner|niemand) (?:macht|oeffnet|da|gekommen|erschienen|zu hause) ; waiting for (?:him|her|you|them|someone|somebody) ; (?:everyone|everybody|client|customer|guests?|kids|children|patient|team|buyer) (?:is|are) (?:\\w+ )?waiting ; (?:alle|kunde|kundin|gaeste|kinder|patient|kaeufer) warte\\w* ; (?:der|die) (?:kunde|kundin|kaeufer) wartet ; where are you ; wo bleib\\w+ ; wo sind sie denn ; let (?:us|me) in ; open the (?:door|gate) ; buzz (?:us|me) in ; (?:cant|cannot) get in(?:to)? ; komm\\w* nicht (?:ins haus|rein|hinein)`,
  ),
  sign(
    'a breakdown',
    2,
    `(?:servers?|systems?|network|website|web ?site|shop|site|production|line|internet|payments?|phones?|database|checkout|app|machine|elevator|lift)\\b.{0,15}\\b(?:down|offline|crashed|failing|not working|unreachable) ; outage ; ausgefallen ; \\w+ausfall ; (?:server|anlage|maschine|produktion|band|system|kasse)\\w* (?:ist |sind )?(?:\\w+ )?(?:steht|stehen|kaputt|abgestuerzt|down|laeuft nicht|tot|gestoert) ; (?:server|produktion|anlage) steht ; nichts geht mehr ; no (?:heating|heat|power|electricity|water|hot water) ; heating\\b.{0,12}\\b(?:out|broke\\w*|stopped|failed|off|down) ; heizung\\b.{0,25}\\b(?:ausgefallen|kaputt|geht nicht|defekt|kalt) ; kein(?:e)? (?:strom|wasser|warmwasser|heizung) ; power (?:is|went|has gone) (?:out|off) ; power ?cut ; broke(?:n)? down ; breakdown ; panne ; liegen ?geblieben ; flat (?:tyre|tire) ; been hacked ; ransomware ; data breach ; gehackt worden
    towed ; abgeschleppt ; (?:blocking|blocked) (?:my|our|the|me) ?(?:driveway|garage|exit|in)? ; zugeparkt ; (?:car|auto|wagen|van)\\b.{0,30}\\b(?:in|vor) (?:my|our|meiner|unserer) (?:driveway|garage|exit|einfahrt|ausfahrt|garage) ; versperr\\w+ ; car is on fire`,
  ),
  sign(
    'a plan that changes today',
    2,
    `(?:missed|missing|miss) (?:his|her|my|our|the|your) (?:flight|train|plane|bus|connection) ; (?:flight|train|plane)\\b.{0,15}\\b(?:cancel\\w+|delayed|missed) ; (?:flug|zug|anschluss)\\b.{0,20}\\b(?:verpasst|gestrichen|faellt aus|annulliert) ; (?:surgery|operation|op)\\b.{0,30}\\b(?:today|complication\\w*|moved|verschoben|heute|vorgezogen|komplikation\\w*) ; complications? ; komplikationen ; results?\\b.{0,40}\\b(?:today|right|soon|abnormal|discuss)
    (?:befund\\w*|laborwerte|blutwerte|ergebnis\\w*)\\b.{0,40}\\b(?:heute|schnell|sofort|auffaellig\\w*|schlecht|bald) ; (?:today|tonight|heute|heute abend|heute noch)\\b.{0,30}\\b(?:deadline|frist|expires|laeuft ab|closes) ; (?:deadline|frist|deal|contract|offer|closing|vertrag)\\b.{0,25}\\b(?:today|tonight|heute|in an hour|in einer stunde|runs out|laeuft) ; needs? (?:a|your|his|her) (?:decision|signature|answer|consent|permission)\\b.{0,20}\\b(?:today|now|immediately|tonight) ; brauch\\w*\\b.{0,30}\\b(?:noch heute|heute noch|jetzt|bis heute)`,
  ),
] as const

/** What takes urgency back, and what only sounds like it. Found first and taken out of the text. */
export const calm = words(`
  (?:not|isnt|nothing|no|never|nothing is|nothing that|not that|not very|not at all|not really|not so|neither|nicht|nichts|kein|keine|keinen|nie|nicht so|nicht sehr|nicht besonders|nicht wirklich) (?:\\w+ ){0,2}(?:urgent|emergency|rush|hurry|important|serious|immediate|critical|accident|fire|notfall|eilig\\w*|dringend\\w*|eile|wichtig\\w*|schlimmes|schlimm|ernstes|unfall|feuer)
  (?:not|nicht) (?:calling|ringing|phoning|here|trying|saying|meaning|wegen)\\b(?: \\w+){0,4} (?:urgent|emergency|important|serious|dringende?s?|wichtige?s?|eiliges) ; (?:anything|something|nothing) (?:\\w+ )?(?:urgent|important|serious)(?= or| just| only| but| i| its)
  no rush ; no hurry ; dont hurry ; take your time ; whenever (?:you|he|she|it|they)\\b.{0,20} ; any ?time ; when (?:you|he|she|they) (?:have|has|get|gets) (?:a |the |some )?(?:minute|moment|chance|time|second) ; at your convenience ; kann warten ; can wait ; hat (?:noch )?zeit ; hat keine eile ; eilt (?:\\w+ )?nicht ; keine eile ; in (?:aller|ganz) ruhe ; ganz in ruhe ; wenn (?:sie|er|du|ihr) (?:mal |gerade |kurz )?zeit (?:haben|hat|hast|habt) ; bei gelegenheit ; irgendwann ; all good ; alles gut ; alles (?:ist )?in ordnung ; false alarm ; fehlalarm
  fire ?(?:wall|place|man|works|department|station|fighters?|drill|pit|wood|brigade (?:festival|ball|open day)) ; emergency (?:exit|fund|contact|form|kit|drill|training|plan|lighting|light|number list) ; notfall ?(?:uebung|plan|kontakt|koffer|training|ausweis) ; (?:car|vehicle|accident|unfall)(?: insurance| versicherung| claim|versicherung) ; first aid course ; erste hilfe kurs ; hospital (?:parking|radio|charity|ball|billing|bill|invoice) ; feuerwehr\\w*fest\\w* ; heart (?:clinic|specialist) ; (?:\\w+ ){0,4}(?:last (?:month|week|year|summer|winter)|(?:letzte|vorige|vergangene)[nrs]? (?:monat|woche|jahr|sommer|winter)|vor \\w+ (?:wochen|monaten|jahren)|\\w+ (?:weeks|months|years) ago) ; kein problem ; kein ding ; not feeling like ; last year ; letztes jahr ; recovering well ; feeling better ; geht (?:es )?(?:ihm|ihr|mir|uns) (?:wieder )?(?:besser|gut) ; wieder gesund`)

/** Haste that belongs to a demand ("put me through right now") says nothing about what the call is about. */
export const demand =
  /\b(?:(?:put|connect|transfer|forward|patch|get) (?:me|us|this call)(?: \w+){0,4}? (?:through|over|now|immediately|right now|right away|at once|straight away)(?: (?:now|immediately|right now|right away|at once))?|(?:stell\w*|verbind\w*|leit\w*) (?:sie )?(?:mich|uns)(?: \w+){0,3}?(?: (?:sofort|jetzt|gleich|umgehend|auf der stelle|unverzueglich))*(?: durch)?)\b/g

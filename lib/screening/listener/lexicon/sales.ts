import { sign, words } from './sign.ts'

/** Somebody who wants to sell, to ask or to collect. */
export const sales = [
  sign(
    'an offer',
    3,
    `(?:special|exclusive|limited(?: time)?|one time|great|amazing|fantastic|incredible|promotional|introductory) (?:\\w+ )?(?:offers?|deals?|rates?|price|promotion) ; free (?:quote|estimate|trial|consultation|inspection|demo|gift|cruise|vacation|sample|roof|energy|audit|assessment|no obligation|\\w+ inspections?) ; no obligation ; risk free ; sonder ?(?:angebot|rabatt|aktion|preis)\\w* ; exklusive?s? angebote? ; unverbindlich\\w* ; kostenlose?[ns]? (?:beratung|angebot|analyse|test|testphase|probe\\w*|muster)
    (?:tolles|interessantes|guenstiges|attraktives|besonderes|einmaliges|neues) angebot ; (?:ein )?angebot (?:machen|unterbreiten|vorstellen|fuer sie|fuer ihr\\w*|fuer den|fuer die) ; promotion\\w* ; discounts? ; rabatt\\w* ; aktions ?(?:angebot|preis)\\w* ; zum aktionspreis ; super deal ; interest you in ; this week only ; nur (?:heute|diese woche) ; at no cost ; zero cost ; gratis \\w+`,
  ),
  sign(
    'saving money',
    3,
    `save (?:you |up to |money|hundreds|thousands|a lot|on your|big) ; over ?pay(?:ing)? ; paying too much ; zahlen sie (?:auch )?zu viel ; upgrad(?:e|ing) your (?:internet|phone|plan|tv|service|system|windows) ; (?:interest|mortgage) rates ; loan officer ; saving (?:you |money|on your|up to) ; savings (?:on|of|up) ; (?:lower|reduce|cut|slash|cheaper) (?:\\w+ ){0,2}(?:bills?|rates?|costs?|premiums?|payments?|energy|electricity|mortgage) ; lower (?:interest )?rates? ; sparen sie ; (?:geld|kosten|strom|euro|prozent)\\b.{0,25}\\b(?:sparen|einsparen) ; guenstiger\\w* (?:tarif\\w*|strom\\w*|gas\\w*|angebot\\w*|vertrag|versicherung\\w*|anbieter) ; guenstigen tarif ; strom ?(?:tarif|anbieter|vertrag|preis|kosten)\\w* ; zu viel fuer (?:ihren|den) strom ; gas ?(?:tarif|anbieter)\\w* ; tarif ?wechsel ; energie ?(?:kosten|tarif|berat|anbieter)\\w* ; (?:energy|electricity|gas|power) (?:provider|supplier|tariff|bill|bills|rates?)`,
  ),
  sign(
    'sells something',
    2,
    `(?:i|im|i am|we|were|we are|who|thats why im) (?:also |just |only |now |really |currently |do )*(?:sell|selling|resell|market) ; (?<!\\b(?:i|we|to|you|he|she|can|could|would|will|id|the|my|your|an?) )(?:buy|purchase|order|renew|subscribe|enroll|enrol|sign up|switch|upgrade|act|book|claim|register)\\b(?: \\w+){0,4} (?:today|now|tonight|this week|online) ; (?:buy|try) (?:our|one of our) ; renew your ; half (?:the |of the )?price ; half off ; (?:percent|%) off ; (?:at|for|from) (?:only|just) (?:\\w+ ){1,3}(?:dollars?|euros?|pounds?|bucks|cents|a (?:day|week|month)) ; sign(?:ing)? ?(?:you )?up (?:today|now|for|offer) ; sign ?ups? ; (?:special|unbeatable|best|lowest|fair|great|wholesale) prices? ; bargains? ; (?:insurance|medical|furniture|mattress|solar|window|car|roofing) (?:sales|salesman|saleswoman|salesperson|brokers?) ; clearance ; everything must go ; (?:fire|flash|summer|winter|big|final|closing|moving) sale ; subscriptions? (?:to|offer|for sale|from) ; magazine subscriptions? ; service contract (?:renewal|offer|today) ; cover(?:age)? (?:from|for (?:only|just)|starting) ; prices? (?:start\\w*|from) ; money back guarantee
    (?:ich|wir) (?:\\w+ )?(?:verkaufe|verkaufen|vertreiben|vermarkten) ; (?:kaufen|bestellen|wechseln|sichern|testen|abonnieren|beantragen) sie\\b(?! (?:ihm|ihr|ihnen|gruesse|bitte (?:ihm|ihr|gruesse))) ; (?:jetzt|heute|gleich) (?:\\w+ ){0,2}(?:kaufen|bestellen|wechseln|abschliessen|sichern|zugreifen) ; (?:zum )?halben preis ; (?:halber|kleiner|guter|guenstiger|sagenhafter) preis ; preis ?(?:vorteil|nachlass|knueller)\\w* ; prozent (?:guenstiger|billiger|auf|weniger) ; (?:nur|ab|schon) (?:\\w+ ){1,3}euro ; schnaeppchen ; ihr\\w* (?:\\w*rechnung|heizung|dach|fenster|beitraege?|beitrag|\\w*kosten|anlage) (?:ist|sind) (?:\\w+ )?(?:zu hoch|veraltet|zu teuer|zu alt) ; foerderung(?:en)? (?:sichern|erhalten|beantragen|fuer|laeuft) ; staatliche foerderung ; ihren anbieter`,
  ),
  sign(
    'an announcement',
    2,
    `(?:your|ihre?) (?:\\w+ )?(?:urgent |immediate |full )?(?:attention|aufmerksamkeit) (?:is|ist|wird) ; (?:your|ihr\\w*) (?:free|gratis|kostenlose\\w*|complimentary) (?!time|day|evening|afternoon|slot|hour|weekend|period)(?:\\w+ ){0,3}\\w+ ; (?:free|complimentary) (?:hearing|medical|home|energy|health|roof|solar|phone|knee|back|life) \\w+ ; (?:courtesy|important|urgent|dringende[rs]?) (?:call|message|notice|nachricht|mitteilung) (?:about|regarding|concerning|for|zu) (?:your|all|the|ihr\\w*) (?:\\w+ )?(?:warranty|loan|loans|card|credit|insurance|benefits|account|debt|mortgage|policy|coverage|tarif|versicherung|vertrag) ; stop what youre doing ; (?:before|until) (?:the )?(?:offer|it|deadline) (?:ends|expires) ; (?:gewinn|praemie|bonus|guthaben|prize|reward|voucher)\\b.{0,25}\\b(?:verfaellt|verfallen|wartet|abholen|waiting|expires|claim|unclaimed)`,
  ),
  sign(
    'a warranty that runs out',
    3,
    `(?:cars?|vehicles?|autos?|automobiles?|trucks?)\\b.{0,30}\\b(?:warranty|warranties|garantieverlaengerung) ; (?:extended|factory|manufacturers?|vehicle) (?:\\w+ )?(?:warranty|coverage) ; (?:warranty|coverage|garantie)\\b.{0,25}\\b(?:expir\\w+|laps\\w+|run(?:s|ning)? out|run out|abgelaufen|laeuft ab|verlaengern) ; last courtesy call`,
  ),
  sign(
    'a product',
    2,
    `solar(?: \\w+)?\\w* ; photovoltaik\\w* ; waermepumpe\\w* ; double glazing ; (?:new|replacement) windows ; (?:new|neue) fenster ; extended (?:\\w+ )?warranty ; (?:car|vehicle|auto)s? (?:s |extended )?warranty ; time ?shar\\w+ ; (?:health|life|car|medicare|dental|auto|home|travel) (?:insurance|plan|plans|supplement)s? (?:quotes?|offers?|options?|plans?|that|which|for you) ; insurance (?:quotes?|plans?|offers?|options?|rates?) ; final expense ; medicare ; seo ; search engine\\w* ; google (?:listing|business|ranking|my business) ; rank(?:ing)? (?:higher|on google|your) ; page of google ; website (?:redesign|traffic|ranking|design offer) ; social media (?:marketing|presence|management) ; lead generation ; qualified leads ; telemarketing ; zeitschrift\\w* ; abo(?:nnement)? (?:fuer|angebot|anbieten|ihrer) ; weinprobe\\w* ; wein ?(?:paket|angebot)\\w* ; lotterie\\w* ; lotto\\w* ; lottery ; zahn ?zusatz ?versicherung\\w* ; sterbegeld\\w* ; versicherungs ?(?:check|angebot|vergleich|makler)\\w* ; private krankenversicherung ; glasfaser\\w* ; merchant (?:services|cash) ; business (?:loans?|funding|credit|line of credit) ; payday loan ; (?:quick|fast|easy|instant|same day) ?(?:loans?|cash|credit|approval) ; (?:loans?|kredite?) (?:of|up to|from|bis|ab) ; student loans? ; loan forgiveness ; debt (?:relief|consolidation|settlement) ; (?:accept|process) credit cards ; credit card (?:rates?|interest|debt|processing) ; student loan (?:forgiveness|relief) ; home security (?:system|package|offer) ; gutters? (?:cleaning|guards?|protection) ; roof(?:ing)? inspections? ; funeral plan ; donat(?:e|ion|ions|ing) ; fundrais\\w+ ; charity ; spende\\w* ; druckerpatronen ; toner ; office supplies ; bueromaterial ; staffing (?:services|solutions) ; zeitarbeit\\w* ; payment terminals? ; cleaning products ; vitamins? ; nahrungsergaenzung\\w* ; matratzen ; vacuum cleaners?`,
  ),
  sign(
    'a pitch',
    3,
    `(?:are you|sind sie) (?:happy|satisfied|zufrieden|interessiert|interested) (?:with|in|mit|an) ; (?:your|ihr\\w*) (?:current|present|aktuell\\w*|jetzig\\w*|derzeitig\\w*) (?:\\w+ )?(?:provider|supplier|plan|internet|energy|phone|insurance|contract|anbieter|tarif|vertrag|stromanbieter|internetanbieter|versicherung) ; who is your (?:current )?(?:\\w+ )?(?:provider|supplier|carrier) ; (?:new|upgrade) (?:phone |mobile |internet |broadband )?(?:contract|plan) (?:offer|deal) ; switch(?:ing)? (?:to us|to our|your (?:energy|internet|phone|provider|supplier|plan)|providers?|suppliers?) ; (?:better|good|great) deal ; anbieter (?:wechseln|wechsel) ; would you be interested ; (?:haetten|haben) sie (?:\\w+ )?interesse ; interesse an (?:einer|einem|unser\\w+)
    (?:ihnen|euch) (?:gerne? |kurz |mal )*(?:\\w+ ){0,5}(?:vorstellen|praesentieren|anbieten) ; (?:tell|talk to|speak to|inform|show) you (?:about |more about )?(?:our|an?|some|the) (?:new |great |exciting |special |latest )?(?:\\w+ ){0,2}(?:products?|services?|offers?|deals?|programs?|solutions?|opportunit\\w+|packages?|range|system) ; (?:introduce|present) (?:\\w+ )?(?:you )?(?:to )?our ; our (?:new )?(?:\\w+ )?(?:products?|platform|solution|software|service) (?:can|helps?|will|could) ; business owner ; vertreter\\w* (?:der firma|von|fuer|bei|des) ; (?:calling|here|representative) (?:on behalf of|from) (?:the )?(?:\\w+ ){0,2}(?:foundation|campaign|promotions?) ; your support ; qualify for ; decision maker ; (?:person|one|someone|anyone|whoever|somebody) (?:who |that )?(?:handles?|manages?|deals with|looks after|orders|buys|takes care of|decides (?:on|about)) (?:your|the|all) ;  (?:person|one) (?:who is )?(?:in charge|responsible) (?:of|for) (?:\\w+ ){0,2}(?:marketing|energy|purchasing|phones?|it|advertising|utilities|electricity|payments?|website|hiring) ; (?:zustaendig|verantwortlich)\\w* (?:\\w+ ){0,2}fuer (?:den |die |das |ihre? )?(?:einkauf|marketing|werbung|strom|energie|telefon\\w*|it|personal) ; werbe ?(?:anzeige|eintrag|flaeche|partner)\\w* ; branchen ?buch\\w* ; advertis(?:e|ing|ement) (?:in|with|space|opportunit\\w+) ; homeowners? (?:in|like) ; (?:are you|is this|am i speaking (?:with|to)) the home ?owner ; love to introduce ; work with (?:local )?(?:businesses|companies|homeowners) ; we help (?:businesses|companies|homeowners|people) ; wir (?:helfen|unterstuetzen) (?:firmen|unternehmen|hausbesitzern)`,
  ),
  sign(
    'a survey',
    3,
    `(?:short|quick|brief|customer|consumer|small|satisfaction|political) (?:\\w+ )?(?:survey|poll|questionnaire) ; survey about ; market research ; \\w*umfrage ; marktforschung\\w* ; meinungsforschung\\w* ; questionnaire ; few (?:quick )?questions about your ; (?:ein paar|einige) fragen zu (?:ihrem|ihren|ihrer)`,
  ),
  sign(
    'a prize',
    3,
    `(?:youve|you have|you were|you are|youre|have) (?:been )?(?:randomly )?(?:selected|chosen|won|pre ?approved|pre ?qualified|eligible|the winner|a winner) ; may be eligible ; (?:can|could|will) be (?:pre ?)?approved ; approved (?:in|within) ; been pre ?approved ; (?:lucky )?winner of ; (?:sie haben|haben sie) (?:\\w+ ){0,5}gewonnen ; gewinnspiel\\w* ; ausgelost ; (?:wurden|sind) (?:\\w+ ){0,5}ausgewaehlt ; congratulations you ; glueckwunsch sie ; free vacation ; free cruise ; gratis ?reise ; claim your (?:prize|gift|reward|bonus|free)`,
  ),
  sign(
    'an investment',
    2,
    `invest(?:ment|ments|ing)? (?:opportunit\\w+|program\\w*|plan|fund|advice|offer|portfolio) ; new investment ; kapital ?anlage\\w* ; geld ?anlage\\w* ; passive? (?:income|einkommen) ; (?:hohe )?rendite ; returns? of ; stock (?:tip|picks?) ; aktientipp\\w* ; real estate opportunit\\w+ ; (?:buy|sell|buying|selling) your (?:house|home|property|car|business) ; pay cash ; cash (?:offer|for your) ; immobilie (?:verkaufen|kaufen) ; ihr haus (?:verkaufen|kaufen) ; home value ; (?:need|want|looking for) a new (?:roof|kitchen|bathroom|driveway|car|phone|website) ; in your (?:area|neighbou?rhood) ; (?:in|aus) ihrer (?:naehe|nachbarschaft|region) ; business proposal ; (?:we )?buy(?:ing)? (?:houses|homes|properties|cars|gold) ; gold ankauf ;  make (?:you|your owner) (?:rich|money)`,
  ),
  sign(
    'a sales call',
    1,
    `cheap(?:er|est)? ; \\w+loans? ; affordable ; billig\\w* ; replicas? ; wholesale ; offer(?:s|ing)? ; angebot\\w* ; promo ; deals? ; werbung ; werbeanruf ; vertreter ; sales (?:rep\\w*|team|department|manager|call) ; vertrieb\\w* ; partnership ; recorded line ; (?:quick |a )?(?:minute|couple of minutes|moment) of your time ; how are you (?:doing )?today ; your (?:business|company) ; vorstellen ; anbieten ; interesse ; interested ; tarif\\w* ; versicherung\\w* ; vertrag ; sonderpreis`,
  ),
] as const

/** It is about something that the house itself ordered, bought or asked for: then these words are business, not a sales call. */
export const relationship = words(`
  (?:you|youve|you have|she|he|they) (?:had )?(?:asked|ordered|bought|purchased|booked|requested|reserved|commissioned|signed|wanted|sent|left|called) (?:us |me |for |about |earlier |yesterday |last )? ; (?:you|we) (?:spoke|talked|met|agreed) ; your (?:order|booking|reservation|claim|appointment|application|request|inquiry|enquiry|repair|prescription|interview) ; (?:is|are|its) (?:now )?(?:ready|repaired|fixed|finished|done) ; ready (?:for|to be) (?:pick|collect|pickup) ; pick ?up ; interview ; job application ; maintenance ; returning (?:your|his|her) call ; as (?:agreed|discussed|requested) ; for (?:the )?(?:wedding|kitchen|school|party) ; i (?:ordered|bought|booked|have an order|would like to order|want to order|want to cancel) ; my (?:order|contract|insurance|policy|invoice|appointment)
  (?:sie|ihr|du|er) (?:hatten|haben|hattet|hat|hast) (?:\\w+ ){0,6}(?:gebeten|bestellt|gekauft|angefragt|gebucht|beauftragt|reserviert|gewuenscht|zugesagt|angerufen|unterschrieben) ; sich gewuenscht ; ihr\\w* (?:bestellung|buchung|reservierung|auftrag|anfrage|termin|bewerbung|reparatur|steuererklaerung) ; (?:ist|sind) (?:\\w+ )?(?:fertig|repariert|abholbereit|eingetroffen) ; abgeholt werden ; abholen ; wie (?:besprochen|vereinbart) ; vorstellungsgespraech ; ich (?:habe|hatte) (?:\\w+ ){0,4}(?:bestellt|gekauft|gebucht) ; mein\\w* (?:bestellung|vertrag|versicherung|rechnung|termin) ; zugesagt`)

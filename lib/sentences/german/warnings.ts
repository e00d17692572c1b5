import type { Sentences } from '../translate.ts'

/** What was odd about a caller: the words of lib/screening/listener/lexicon. */
export const warnings: Sentences = {
  'typical phrases': 'typische Wendungen',
  'the model has doubts': 'das Modell hat Zweifel',
  'gives the assistant orders': 'gibt dem Assistenten Befehle',
  'names a premium-rate number': 'nennt eine teure Sondernummer',

  'asks for gift cards': 'verlangt Gutscheinkarten',
  'asks for codes or bank data': 'fragt nach Codes oder Bankdaten',
  'pretends to watch an account': 'gibt vor, ein Konto zu überwachen',
  'pretends to repair a computer': 'gibt vor, einen Computer zu reparieren',
  'threatens with authorities': 'droht mit Behörden',
  threatens: 'droht',
  'sells crypto or luck': 'verkauft Krypto oder Glück',
  'asks a relative for money': 'bittet als Verwandter um Geld',
  'asks what no stranger must know': 'fragt, was Fremde nicht wissen dürfen',
  'an official without a case': 'eine Behörde ohne Anliegen',
  'asks for money': 'bittet um Geld',
  'lets one guess who calls': 'lässt raten, wer anruft',
  'asks for money at once': 'verlangt sofort Geld',
  'asks whether somebody is at home': 'fragt, ob jemand zu Hause ist',
  'asks for secrecy or haste': 'verlangt Eile oder Schweigen',
  'wants valuables or cash kept safe': 'will Wertsachen oder Bargeld in Verwahrung nehmen',

  'a friend who sells': 'ein Freund, der etwas verkauft',
  'an offer': 'ein Angebot',
  'saving money': 'Geld sparen',
  'sells something': 'verkauft etwas',
  'an announcement': 'eine Ansage vom Band',
  'a warranty that runs out': 'eine Garantie, die abläuft',
  'a product': 'ein Produkt',
  'a pitch': 'ein Verkaufsgespräch',
  'a survey': 'eine Umfrage',
  'a prize': 'ein Gewinn',
  'an investment': 'eine Geldanlage',
  'a sales call': 'ein Werbeanruf',
}

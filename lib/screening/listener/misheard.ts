/** What recognisers make of words that matter, where the neighbours show what was meant. Folded text. */
const slips: [RegExp, string][] = [
  [/\b(your|my|his|her|our|the) sun (?=(?:fell|has|is|was|had|hurt|hit|broke|got|needs))/g, '$1 son '],
  [/\bput me (?:threw|true|thru)\b/g, 'put me through'],
  [/\b(?:threw|thru) the (?=(?:sealing|ceiling|roof|wall|floor|window))/g, 'through the '],
  [/\bsealing\b/g, 'ceiling'],
  [/\bin voice\b/g, 'invoice'],
  [/\ba bout\b/g, 'about'],
  [/\bout side\b/g, 'outside'],
  [/\bhalf to\b/g, 'have to'],
  [/\b(?:perscription|prescribtion|subscription is ready)\b/g, 'prescription'],
  [/\bmiss (?=calls?\b)/g, 'missed '],
  [/\bgift (?:guards?|cart|carts)\b/g, 'gift cards'],
  [/\bsolo (?=panels?)/g, 'solar '],
  [/\bpolease\b/g, 'police'],
  [/\bam bulance\b/g, 'ambulance'],
  [/\bwar ?ranty\b/g, 'warranty'],
  [/\bstrom tarif\b/g, 'stromtarif'],
  [/\bkranken haus\b/g, 'krankenhaus'],
  [/\brauch melder\b/g, 'rauchmelder'],
  [/\brohr bruch\b/g, 'rohrbruch'],
]

/** Long words that change everything: a letter more or less must not hide them. */
const keywords =
  'accident ambulance hospital emergency bleeding unconscious collapsed breathing urgent urgently immediately flooded flooding burglary electricity warranty insurance warrant verification password computer microsoft bitcoin arrested inheritance donation survey dringend sofort unfall notfall krankenhaus krankenwagen feuerwehr bewusstlos gestuerzt verletzt eingebrochen rohrbruch wasserschaden schlaganfall herzinfarkt haftbefehl gutschein ueberweisen umfrage gewinnspiel photovoltaik versicherung'.split(
    ' ',
  )
const isKeyword = new Set(keywords)
/** Real words that are one letter away from a keyword. */
const innocent = new Set(
  'argent accidents hospitals surveys donations computers passwords warrants insurances ambulances ambulanz ambulant ambulante ambulanten verletzte verletzten notfalls unfalls sofa sofern urgency hospitable computed surrey survive arrest emergence emergent breathes breathe bleedings versicherungen dringende dringender dringendes gutscheine'.split(
    ' ',
  ),
)

export function mend(folded: string): string {
  let text = folded
  for (const [slip, meant] of slips) text = text.replace(slip, meant)
  return text.replace(/[a-z]{6,}/g, word =>
    isKeyword.has(word) || innocent.has(word) ? word : (nearest(word) ?? word),
  )
}

function nearest(word: string): string | undefined {
  return keywords.find(
    keyword => keyword.length >= 6 && keyword[0] === word[0] && isNear(word, keyword, keyword.length >= 9 ? 2 : 1),
  )
}

/** Whether two words differ by at most `most` letters added, lost or changed. */
function isNear(a: string, b: string, most: number): boolean {
  if (Math.abs(a.length - b.length) > most) return false
  // A longer word that only begins like a keyword is another word of its family: "accidental", "versicherungsnehmer".
  if (a.startsWith(b) || b.startsWith(a)) return false
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= b.length; j += 1) {
      next[j] = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1))
    }
    if (Math.min(...next) > most) return false
    row = next
  }
  return row[b.length]! <= most
}

/** A sign in folded text (see fold.ts). `says` is what the owner reads; `weight` 3 is sure, 2 is enough to doubt, two of 1 are as much as that. */
export type Sign = { says: string; weight: 1 | 2 | 3; pattern: RegExp }

/** `alternatives` are patterns of whole words, one a line or parted by ` ; `. */
export function sign(says: string, weight: Sign['weight'], alternatives: string): Sign {
  return { says, weight, pattern: words(alternatives) }
}

export function words(alternatives: string): RegExp {
  const list = alternatives
    .split(/\n| ; /)
    .map(alternative => alternative.trim())
    .filter(Boolean)
  return new RegExp(`\\b(?:${list.join('|')})\\b`)
}

export function found(signs: readonly Sign[], text: string): Sign[] {
  return signs.filter(({ pattern }) => pattern.test(text))
}

export function score(signs: readonly Sign[]): number {
  return signs.reduce((sum, { weight }) => sum + weight, 0)
}

/** People and animals that one is called about. */
export const relative = `(?:son|daughter|child|kid|kids|boy|girl|baby|toddler|mother|father|mum|mom|dad|wife|husband|partner|brother|sister|grandma|grandpa|grandmother|grandfather|aunt|uncle|parents?|neighbou?r|teenager|grandson|granddaughter|grandchild|girlfriend|boyfriend|fiancee?|roommate|colleague|coworker|student|patient|dog|cat|puppy|pet|enkel|enkelin|enkelkind|freundin|kollege|kollegin|schueler|schuelerin|hund|katze|sohn|tochter|kind|kinder|baby|junge|maedchen|mutter|vater|mama|papa|frau|mann|partnerin|bruder|schwester|oma|opa|grossmutter|grossvater|tante|onkel|eltern|nachbarin|nachbar)`

/** A day that is not today: then it is a plan and no need. */
const laterDay = `(?:tomorrow|next \\w+|on (?:the|mon|tues|wednes|thurs|fri|satur|sun)\\w*|(?:mon|tues|wednes|thurs|fri|satur|sun)day|this week\\w*|some ?time|morgen|uebermorgen|naechste\\w*|am (?:mon|diens|mitt|donners|frei|sams|sonn)\\w+|irgendwann|in \\w+ (?:weeks|months|wochen|monaten))`
/** Said of today, as far as one can hear. */
export const today = `(?!.{0,60}\\b${laterDay}\\b)`

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

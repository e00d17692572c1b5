/** Letters of other scripts that look like Latin ones; names of imported users may have them. */
const lookAlikes: Record<string, string> = {
  а: 'a',
  в: 'b',
  с: 'c',
  ԁ: 'd',
  е: 'e',
  ғ: 'f',
  һ: 'h',
  і: 'i',
  ј: 'j',
  к: 'k',
  ӏ: 'l',
  м: 'm',
  о: 'o',
  р: 'p',
  ѕ: 's',
  т: 't',
  υ: 'u',
  ѵ: 'v',
  ԝ: 'w',
  х: 'x',
  у: 'y',
  α: 'a',
  β: 'b',
  ε: 'e',
  η: 'n',
  ι: 'i',
  κ: 'k',
  ν: 'v',
  ο: 'o',
  ρ: 'p',
  τ: 't',
  χ: 'x',
  ı: 'i',
  ß: 'ss',
  '‐': '-',
  '‑': '-',
  '–': '-',
  '—': '-',
}

/**
 * What names are compared by: two that look the same are the same. Case, width, spaces, accents that combine, invisible
 * characters and letters borrowed from other scripts all go.
 */
export function foldName(name: string): string {
  const plain = name
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\p{M}\p{Cf}\p{Cc}\s]/gu, '')
    .normalize('NFC')
  return [...plain].map(letter => lookAlikes[letter] ?? letter).join('')
}

/** What e-mail addresses are compared by. */
export function foldEmail(email: string): string {
  return email.normalize('NFKC').trim().toLowerCase()
}

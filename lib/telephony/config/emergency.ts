/**
 * Numbers that must reach the network at once, whatever else is configured. 112 works on every GSM network; the others are
 * the national ones that a fixed line takes.
 */
const national: Record<string, string[]> = {
  AR: ['911', '100', '101', '107'],
  AT: ['122', '133', '140', '144'],
  AU: ['000'],
  BE: ['100', '101', '110'],
  BR: ['190', '192', '193'],
  CA: ['911'],
  CH: ['117', '118', '143', '144', '1414'],
  CZ: ['150', '155', '158'],
  DE: ['110'],
  DK: [],
  ES: ['061', '062', '080', '091', '092'],
  FI: [],
  FR: ['15', '17', '18', '114'],
  GB: ['999'],
  GR: ['100', '166', '199'],
  HU: ['104', '105', '107'],
  IE: ['999'],
  IL: ['100', '101', '102'],
  IN: ['100', '101', '102', '108'],
  IT: ['113', '115', '118'],
  JP: ['110', '118', '119'],
  KR: ['119'],
  LU: ['113'],
  MX: ['911'],
  NL: [],
  NO: ['110', '113'],
  NZ: ['111'],
  PL: ['997', '998', '999'],
  PT: [],
  RO: [],
  SE: [],
  SG: ['995', '999'],
  TR: ['110', '155'],
  UA: ['101', '102', '103'],
  US: ['911', '988'],
  ZA: ['10111', '10177'],
}

/** Emergency numbers of a country, 112 among them where an extension of that name is not a habit of the land. */
export function emergencyNumbers(country: string): string[] {
  return [...new Set(['112', ...(national[country] ?? ['911', '999'])])]
}

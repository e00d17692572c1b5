import { createContext, type ReactNode, use, useMemo } from 'react'
import { common } from './en/common.ts'
import type { en } from './en/index.ts'

export type Key = keyof typeof en
export type Catalogue = Record<Key, string>
/** `inbox.unread` for the pair `inbox.unread_one`, `inbox.unread_other`. */
export type PluralKey = { [K in Key]: K extends `${infer Base}_other` ? Base : never }[Key]
export type Language = 'en' | 'de'

type ParamNames<S extends string> = S extends `${string}{${infer P}}${infer Rest}` ? P | ParamNames<Rest> : never
type Params<S extends string> = [ParamNames<S>] extends [never] ? [] : [params: Record<ParamNames<S>, string | number>]

/** A text without blanks to fill. */
export type PlainKey = { [K in Key]: [ParamNames<(typeof en)[K]>] extends [never] ? K : never }[Key]

export type Translate = <K extends Key>(key: K, ...params: Params<(typeof en)[K]>) => string

export type Strings = {
  language: Language
  t: Translate
  /** Picks the plural form; `{count}` is filled in. */
  tn(key: PluralKey, count: number): string
  /** A sentence that the service made (a reason, a refusal), in this language; see lib/sentences. */
  said(text: string): string
}

const asItIs = (text: string) => text

function fill(text: string, params: Record<string, string | number> | undefined): string {
  return params ? text.replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole)) : text
}

export function createStrings(language: Language, catalogue: Catalogue, said: Strings['said'] = asItIs): Strings {
  const plurals = new Intl.PluralRules(language)
  const numbers = new Intl.NumberFormat(language)
  return {
    language,
    said,
    t: (key, ...params) => fill(catalogue[key], params[0]),
    tn: (key, count) => {
      const form = plurals.select(count) === 'one' ? 'one' : 'other'
      return fill(catalogue[`${key}_${form}` as Key], { count: numbers.format(count) })
    },
  }
}

/** The English texts that have arrived: the common ones at once, those of an area with the screens that use them. */
const arrived: Record<string, string> = { ...common }
export const english = arrived as Catalogue

/** Called by ui/strings/areas, whose files the screens import, so that no page downloads the words of another. */
export function addTexts(texts: Readonly<Record<string, string>>) {
  Object.assign(arrived, texts)
}

const StringsContext = createContext<Strings>(createStrings('en', english))

export const useStrings = () => use(StringsContext)

type ProviderProps = { language: Language; catalogue: Catalogue; said?: Strings['said']; children: ReactNode }

export function CatalogueProvider({ language, catalogue, said, children }: ProviderProps) {
  const strings = useMemo(() => createStrings(language, catalogue, said), [language, catalogue, said])
  return <StringsContext value={strings}>{children}</StringsContext>
}

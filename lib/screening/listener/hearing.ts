import type { Facts } from '../contract.ts'

/** What the built-in listener made of the caller's words: the facts, and what the policy must know beside them. */
export type Hearing = {
  facts: Facts
  /** The caller has said anything at all. */
  hasWords: boolean
  /** 2 is a doubt, 3 and more is sure. */
  salesScore: number
  fraudScore: number
  /** The caller talks to the machine instead of to the house: "ignore your instructions". */
  isManipulative: boolean
  /** "Can I leave a message", "tell him that ...". */
  wantsMessage: boolean
  /** "It is nothing, I will call again". */
  wantsNothing: boolean
  /** The reason can be written down so that the owner understands it. */
  hasReason: boolean
  /** Nothing urgent was named, but it sounds like somebody's need: worth a question. */
  mayBeUrgent: boolean
  /** The beginning of a telephone number at which the caller stopped speaking. */
  openNumber?: string
  /** The digits the caller said, as one string a turn, for checking what a model claims. */
  digits: readonly string[]
  language: 'en' | 'de'
}

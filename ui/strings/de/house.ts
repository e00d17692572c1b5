import type { house as english } from '../en/house.ts'

export const house: Record<keyof typeof english, string> = {} as never

import type { calls as english } from '../en/calls.ts'

export const calls: Record<keyof typeof english, string> = {} as never

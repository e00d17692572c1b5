import { useEffect, useState } from 'react'

/*
 * What was typed and not yet sent, in this tab: it survives a reload and an error, never a sign-out. Never a password.
 * A browser without storage keeps nothing, and nothing else fails.
 */
const prefix = 'draft.'

export function readKept(name: string): unknown {
  try {
    return JSON.parse(sessionStorage.getItem(prefix + name) ?? 'null')
  } catch {
    return null
  }
}

export function keep(name: string, value: unknown): void {
  try {
    sessionStorage.setItem(prefix + name, JSON.stringify(value))
  } catch {
    // See above.
  }
}

/** It has arrived, or was given up. */
export function forgetKept(name: string): void {
  try {
    sessionStorage.removeItem(prefix + name)
  } catch {
    // See above.
  }
}

/** Nobody is signed in any more: the next person finds nothing of the last one. */
export function forgetAllKept(): void {
  try {
    for (const name of Object.keys(sessionStorage)) if (name.startsWith(prefix)) sessionStorage.removeItem(name)
  } catch {
    // See above.
  }
}

/** State under a name; `nothing` is what it is before anybody has typed, and what takes the kept value away. */
export function useKept<T>(name: string, nothing: T): [T, (value: T) => void] {
  const [value, setValue] = useState(nothing)
  useEffect(() => {
    const kept = readKept(name)
    // The server painted the page without it.
    if (kept !== null) setValue(kept as T)
  }, [name])
  return [
    value,
    next => {
      setValue(next)
      if (next === nothing) forgetKept(name)
      else keep(name, next)
    },
  ]
}

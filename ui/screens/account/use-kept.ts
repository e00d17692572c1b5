import { useEffect, useState } from 'react'

/** A text that survives a reload of the tab. Never for a password. */
export function useKept(name: string): [string, (text: string) => void] {
  const [text, setText] = useState('')
  useEffect(() => {
    try {
      const kept = sessionStorage.getItem(name)
      if (kept) setText(kept)
    } catch {
      // A browser without storage keeps nothing.
    }
  }, [name])
  return [
    text,
    next => {
      setText(next)
      try {
        sessionStorage.setItem(name, next)
      } catch {
        // See above.
      }
    },
  ]
}

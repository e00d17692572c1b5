/**
 * What must exist once in the process although its module may be loaded twice (Node's copy and Next's bundle):
 * the database handle, limiters, the event hub. `make` runs on the first call for `name` only.
 */
export function once<T>(name: string, make: () => T): T {
  const key = keyOf(name)
  const store = globalThis as unknown as Record<symbol, T | undefined>
  const found = store[key]
  if (found !== undefined) return found
  const made = make()
  store[key] = made
  return made
}

const keys = new Map<string, symbol>()

/** Asked many times on every request; there are a few dozen names. */
function keyOf(name: string): symbol {
  let key = keys.get(name)
  if (!key) {
    key = Symbol.for(`ai-call-service.${name}`)
    keys.set(name, key)
  }
  return key
}

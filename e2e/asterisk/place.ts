import { createServer } from 'node:net'

/** Ports of one world: see startWorld. */
export type Place = { readonly index: number; free(): void }

/**
 * Two worlds at one place would silently share an Asterisk, and the first to end would take it from the other. So a place is
 * held by a name that the system forgets with its process, and who finds it taken goes to another.
 */
export async function takePlace(wanted: number): Promise<Place> {
  for (let index = wanted; index < wanted + 30; index += 10) {
    const place = await tryPlace(index)
    if (place) return place
  }
  throw new Error(`Other tests run at place ${wanted} and at its spare ones: end them first.`)
}

function tryPlace(index: number): Promise<Place | null> {
  const holder = createServer()
  return new Promise((resolve, reject) => {
    holder.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(null) : reject(error),
    )
    // a name without a file: nothing is left behind by a process that was killed
    holder.listen(`\0ai-call-tests-${index}`, () => {
      holder.unref()
      resolve({ index, free: () => holder.close() })
    })
  })
}

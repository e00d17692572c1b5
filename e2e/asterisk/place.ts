import { createSocket } from 'node:dgram'
import { createServer } from 'node:net'

/** Ports of one world. */
export type Place = {
  readonly index: number
  /** SIP of our telephone system; the world outside has the next ten. */
  readonly sipPort: number
  /** REST interface of our telephone system; the world outside has the next. */
  readonly ariPort: number
  /** First of 400 ports of sound. */
  readonly rtpPort: number
  free(): void
}

/**
 * Two worlds at one place would silently share an Asterisk, and the first to end would take it from the other. So a place is
 * held by a name that the system forgets with its process, and who finds it taken, or finds somebody on its ports whom a run
 * left behind, goes to another. Nothing that was found there is ended.
 */
export async function takePlace(wanted: number): Promise<Place> {
  for (let index = wanted; index < wanted + 30; index += 10) {
    const place = await tryPlace(index)
    if (place) return place
  }
  throw new Error(`Other tests run at place ${wanted} and at its spare ones: end them first.`)
}

async function tryPlace(index: number): Promise<Place | null> {
  const free = await hold(`\0ai-call-tests-${index}`)
  if (!free) return null
  const place = { index, sipPort: 5200 + 20 * index, ariPort: 8200 + 2 * index, rtpPort: 20_000 + 400 * index, free }
  const { sipPort, ariPort } = place
  if ((await isFree(ariPort)) && (await isFree(ariPort + 1)) && (await isSipFree(sipPort))) return place
  free()
  return null
}

/** A name without a file: nothing is left behind by a process that was killed. */
function hold(name: string): Promise<(() => void) | null> {
  const holder = createServer()
  return new Promise((resolve, reject) => {
    holder.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(null) : reject(error),
    )
    holder.listen(name, () => {
      holder.unref()
      resolve(() => void holder.close())
    })
  })
}

function isFree(port: number): Promise<boolean> {
  const probe = createServer()
  return new Promise(resolve => {
    probe.once('error', () => resolve(false))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
  })
}

function isSipFree(port: number): Promise<boolean> {
  const probe = createSocket('udp4')
  return new Promise(resolve => {
    probe.once('error', () => resolve(false))
    probe.bind(port, '127.0.0.1', () => probe.close(() => resolve(true)))
  })
}

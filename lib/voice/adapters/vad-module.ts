import type { Vad } from '../ports.ts'
import { createSileroVad, prepareSilero } from './silero.ts'

/**
 * What the media thread imports by its path (`vadModulePath`). Detectors for the first calls are loaded here, while no call
 * is up yet.
 */
prepareSilero(Math.min(Number(process.env.MAX_CONVERSATIONS) || 6, 32))

export const createVad = (): Vad => createSileroVad()

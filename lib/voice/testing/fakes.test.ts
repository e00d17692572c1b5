import { createEnergyVad } from '#lib/telephony/media/energy-vad.ts'
import { systemClock } from '../adapters/clock.ts'
import { createFlite } from '../adapters/flite.ts'
import { sttContract, ttsContract, vadContract } from './contract.ts'
import { encodeWords } from './fake-line.ts'
import { createFakeStt, createFakeTts } from './fakes.ts'

// What the conversation is tested with keeps the promises that real engines keep.
ttsContract('The fake voice', createFakeTts)
sttContract('The fake ears', () => createFakeStt(systemClock, { tookMs: 1 }), {
  speech: () => encodeWords('hello there'),
})
vadContract('Loudness', createEnergyVad, {
  speech: () => createFlite()('I would like to speak to Anna, please.', 'rms'),
})

import type { CallAction, DecidedBy } from '#lib/calls/contract.ts'
import type { Story } from './stories.ts'

type Sketch = {
  from: string
  name?: string
  action: CallAction
  decidedBy: DecidedBy
  summary: string
  durationMs: number
}

const sketches: readonly Sketch[] = [
  {
    from: '+49 30 5550 2371',
    name: 'Autohaus Lindner',
    action: 'voicemail',
    decidedBy: 'model',
    summary: 'The car is ready and can be fetched until seven.',
    durationMs: 38_000,
  },
  {
    from: '+49 151 5550 7711',
    name: 'Tim Jansen',
    action: 'forward',
    decidedBy: 'rule',
    summary: 'Put straight through.',
    durationMs: 184_000,
  },
  {
    from: '+49 211 5550 000',
    action: 'block',
    decidedBy: 'rule',
    summary: 'Energy contract offer.',
    durationMs: 3_000,
  },
  {
    from: '+49 40 5550 2211',
    name: 'Grandma Elisabeth',
    action: 'forward',
    decidedBy: 'rule',
    summary: 'Put straight through.',
    durationMs: 731_000,
  },
  {
    from: '+49 89 5550 6120',
    name: 'Herr Okafor',
    action: 'ask_question',
    decidedBy: 'model',
    summary: 'Asked about the bicycle for sale, hung up before the price.',
    durationMs: 24_000,
  },
  {
    from: '+49 30 5550 8844',
    name: 'Library',
    action: 'voicemail',
    decidedBy: 'fallback',
    summary: 'Two reserved books wait until Saturday.',
    durationMs: 27_000,
  },
  { from: 'anonymous', action: 'block', decidedBy: 'model', summary: 'A survey, not asked for.', durationMs: 14_000 },
]
const hoursOfDay = [1.3, 3.6, 5.2, 6.8, 7.9]
/** Calls on the days before the week that the stories tell, fewer at weekends. */
const callsPerDay = [0, 0, 0, 1, 0, 3, 4, 2, 3, 5, 1, 1, 4, 2, 3, 3, 4, 0, 1, 2, 5, 3, 2, 4, 1, 0, 3, 2, 4]

/** What a month of an overview needs: calls without words. */
export const earlier: readonly Story[] = callsPerDay.flatMap((count, day) =>
  Array.from({ length: count }, (_, index): Story => {
    const sketch = sketches[(day * 3 + index * 2) % sketches.length] as Sketch
    return {
      ...sketch,
      hoursAgo: day * 24 + (hoursOfDay[index] ?? 1),
      rung: sketch.decidedBy === 'rule' ? 'rules' : sketch.decidedBy === 'model' ? 'conversation' : 'fallback',
      reason: sketch.summary,
      ladder: [],
      said: sketch.decidedBy === 'rule' ? [] : [[6_400, 'caller', sketch.summary]],
    }
  }),
)

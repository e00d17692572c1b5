import type { Env } from '#lib/env.ts'
import { keepCapacity } from '#lib/voice/adapters/capacity.ts'
import { createEngines } from '#lib/voice/adapters/index.ts'
import { measureSpeed } from '#lib/voice/adapters/measure.ts'
import type { Finding } from '../doctor.ts'

/** Loads the engines beside the service's own, lets them speak and listen, and says what this machine can hold. */
export async function lookAtSpeech(settings: Env): Promise<Finding[]> {
  const engines = createEngines(settings)
  try {
    await engines.ready()
    const { stt, tts } = engines
    const { firstSoundMs, turnMs, conversations, trouble } = await measureSpeed(
      { stt, tts },
      { isRemote: Boolean(settings.STT_URL) },
    )
    const { ears, voice } = engines.status()
    const findings: Finding[] = [
      {
        what: 'Voice',
        isFine: firstSoundMs !== null,
        say:
          firstSoundMs === null
            ? `${voice.message} ${trouble[0] ?? ''}`.trim()
            : `${voice.message} First sound after ${Math.round(firstSoundMs)} ms.`,
      },
      {
        what: 'Ears',
        isFine: turnMs !== null ? true : ears.isConfigured ? false : null,
        say:
          turnMs === null ? ears.message : `${ears.message} Five seconds are understood in ${Math.round(turnMs)} ms.`,
      },
    ]
    if (conversations > 0 && stt) await keepCapacity(settings.DATA_DIR, conversations, stt.name)
    if (conversations > 0) findings.push(sayCapacity(conversations, settings.MAX_CONVERSATIONS))
    return findings
  } catch (error) {
    return [{ what: 'Speech engines', isFine: false, say: error instanceof Error ? error.message : String(error) }]
  } finally {
    await engines.close()
  }
}

function sayCapacity(conversations: number, chosen: number | undefined): Finding {
  const measured = `About ${conversations} ${conversations === 1 ? 'conversation' : 'conversations'} at once`
  if (chosen === undefined) {
    return { what: 'Capacity', isFine: true, say: `${measured}. The service keeps to that from its next start on.` }
  }
  return chosen > conversations
    ? { what: 'Capacity', isFine: false, say: `${measured}, but MAX_CONVERSATIONS is ${chosen}: callers would wait.` }
    : { what: 'Capacity', isFine: true, say: `${measured}; MAX_CONVERSATIONS is ${chosen}.` }
}

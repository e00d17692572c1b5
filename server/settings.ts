import { type Env, env } from '#lib/env.ts'

/** The settings, or null after saying what is wrong with them: one line per setting, never a value. */
export function settingsOrSentence(): Env | null {
  try {
    return env()
  } catch (error) {
    console.log(error instanceof Error ? error.message : String(error))
    return null
  }
}

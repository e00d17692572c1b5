import '#lib/dotenv.ts'
import { settingsOrSentence } from './settings.ts'

// Only looks at the settings: bin/start.mjs asks before it builds.
if (!settingsOrSentence()) process.exitCode = 1

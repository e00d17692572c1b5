import { fields } from './german/fields.ts'
import { health } from './german/health.ts'
import { models } from './german/models.ts'
import { reasons } from './german/reasons.ts'
import { refusals } from './german/refusals.ts'
import { story } from './german/story.ts'
import { warnings } from './german/warnings.ts'
import { createTranslator, type Sentences } from './translate.ts'

/** Every sentence of the service in German, by its English. Safe in a browser: the page brings it with its German texts. */
export const german: Sentences = { ...story, ...reasons, ...warnings, ...health, ...models, ...refusals, ...fields }

/** What the service said in English, said in German; words that are not the service's own stay as they are. */
export const inGerman: (text: string) => string = createTranslator(german)

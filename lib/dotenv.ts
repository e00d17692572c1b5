import { join } from 'node:path'
import { config } from 'dotenv'

// Imported first by every program: the settings of .env in the project's folder, below those of the environment.
config({ path: join(import.meta.dirname, '..', '.env'), quiet: true })

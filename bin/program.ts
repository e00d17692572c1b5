import '#lib/dotenv.ts'
import type { Command } from 'commander'
import { database } from '#lib/database.ts'
import { isAppError } from '#lib/errors.ts'

/** A failure that is a sentence for the person at the terminal. */
export class Refusal extends Error {}

/** Runs a command-line program: expected failures are one sentence and code 1, the database is closed at the end. */
export async function runProgram(program: Command): Promise<void> {
  // Only the program's own words belong on this terminal.
  process.env.LOG_LEVEL ??= 'error'
  process.umask(0o077)
  try {
    await program.parseAsync()
  } catch (error) {
    if (!(error instanceof Refusal) && !isAppError(error) && !isSettingsError(error)) throw error
    console.log(error instanceof Error ? error.message : String(error))
    process.exitCode = 1
  } finally {
    if (isOpen) await (await database()).close()
  }
}

let isOpen = false

/** The database, opened now; closed when the program ends. */
export async function openForProgram() {
  isOpen = true
  return database()
}

/** lib/env.ts throws plain errors whose message is a sentence about a setting. */
function isSettingsError(error: unknown): boolean {
  return error instanceof Error && error.constructor === Error && /^[A-Z_]+ .*\.$/m.test(error.message)
}

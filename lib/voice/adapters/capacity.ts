import { readFile, rename, writeFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'

/**
 * How many conversations this machine holds: measured by the doctor, read by the voice process. In a file of the data folder
 * rather than in the database, because a folder that is copied to another machine brings a measurement that means nothing
 * there, and the cores tell.
 */
const Capacity = z.object({
  conversations: z.int().min(1).max(1_000),
  /** Which ears were measured, on how many cores. */
  ears: z.string(),
  cores: z.int(),
})

const pathOf = (dataDir: string) => join(dataDir, 'capacity.json')

export async function keepCapacity(dataDir: string, conversations: number, ears: string): Promise<void> {
  const cores = availableParallelism()
  const text = JSON.stringify({ conversations, ears, cores } satisfies z.output<typeof Capacity>)
  const draft = `${pathOf(dataDir)}.${process.pid}`
  await writeFile(draft, `${text}\n`, { mode: 0o600 })
  await rename(draft, pathOf(dataDir))
}

/** What was measured for these ears on this machine; without a measurement one conversation for each core, and at least two. */
export async function readCapacity(dataDir: string, ears: string | null): Promise<number> {
  const cores = availableParallelism()
  try {
    const measured = Capacity.parse(JSON.parse(await readFile(pathOf(dataDir), 'utf8')))
    if (measured.ears === ears && measured.cores === cores) return measured.conversations
  } catch {
    // never measured, or not by us
  }
  return Math.max(2, cores)
}

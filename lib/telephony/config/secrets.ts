import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'

/** The secret of this name in a file of secrets (0600); made and kept there the first time. */
export async function keepSecret(file: string, name: string, make: () => string): Promise<string> {
  const text = await readFile(file, 'utf8').catch(() => '{}')
  const secrets = JSON.parse(text) as Record<string, string>
  const found = secrets[name]
  if (typeof found === 'string' && found) return found
  const made = make()
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  const part = `${file}.${process.pid}`
  await writeFile(part, `${JSON.stringify({ ...secrets, [name]: made }, null, 2)}\n`, { mode: 0o600 })
  await rename(part, file)
  return made
}

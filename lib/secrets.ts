import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { env } from './env.ts'
import { once } from './once.ts'

/** What JWTs are signed with: JWT_SECRET, or one that is made once and kept in the data folder. */
export function jwtSecret(): string {
  return once('secrets.jwt', () => env().JWT_SECRET ?? keptSecret('jwt-secret'))
}

/** Reads or makes every kept secret, so that a damaged one stops the start and not the first person who signs in. */
export function prepareSecrets(): void {
  jwtSecret()
  dataKey()
}

/** A key for one purpose, derived from the JWT secret: what the browser's cookie is encrypted with. */
export function derivedSecret(purpose: string): string {
  return Buffer.from(hkdfSync('sha256', jwtSecret(), 'ai-call-service', purpose, 32)).toString('hex')
}

/**
 * Seals a text with the data key (`DATA_DIR/keys/data-key`), which is not JWT_SECRET: changing that loses nothing.
 * `purpose` must be given again to open it, so that a sealed webhook secret cannot stand in for an API key.
 */
export function seal(text: string, purpose = 'secret'): string {
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', dataKey(), iv)
  cipher.setAAD(Buffer.from(purpose))
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url')
}

/** Opens what `seal` made; null when the key or the purpose is another one, or it was damaged. */
export function openSealed(sealed: string, purpose = 'secret'): string | null {
  const bytes = Buffer.from(sealed, 'base64url')
  if (bytes.length < 28) return null
  try {
    const decipher = createDecipheriv('aes-256-gcm', dataKey(), bytes.subarray(0, 12))
    decipher.setAAD(Buffer.from(purpose))
    decipher.setAuthTag(bytes.subarray(12, 28))
    return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8')
  } catch {
    return null
  }
}

/** A secret of 43 url-safe characters (256 bits). */
export function randomSecret(): string {
  return randomBytes(32).toString('base64url')
}

/** What is stored of a random secret. It has 256 bits, so that a fast hash is enough. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url')
}

function dataKey(): Buffer {
  return once('secrets.data', () => Buffer.from(keptSecret('data-key'), 'hex'))
}

/** Reads `DATA_DIR/keys/NAME`, made with mode 0600 the first time. Two processes that begin at once agree on one value. */
function keptSecret(name: string): string {
  const folder = join(env().DATA_DIR, 'keys')
  const path = join(folder, name)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const known = readKept(path)
  if (known !== null) return known
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`
  const file = openSync(draft, 'wx', 0o600)
  try {
    writeSync(file, randomBytes(32).toString('hex'))
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  try {
    linkSync(draft, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    rmSync(draft, { force: true })
  }
  const made = readKept(path)
  if (made === null) throw new Error(`${path} could not be made.`)
  return made
}

function readKept(path: string): string | null {
  let text: string
  try {
    text = readFileSync(path, 'utf8').trim()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
  if (/^[0-9a-f]{64}$/.test(text)) return text
  const sentence = `${path} is damaged: restore it from a backup, or remove it to have a new one made.`
  throw Object.assign(new Error(sentence), { code: 'KEY_DAMAGED' })
}

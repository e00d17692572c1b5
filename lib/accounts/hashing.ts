import { pbkdf2 as pbkdf2Callback, scrypt as scryptCallback, timingSafeEqual } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { promisify } from 'node:util'
import { Worker } from 'node:worker_threads'
import { hash, verify } from '@node-rs/argon2'
import { AppError } from '../errors.ts'
import { once } from '../once.ts'

const scrypt = promisify(scryptCallback) as (p: string, salt: string, length: number, o: object) => Promise<Buffer>
const pbkdf2 = promisify(pbkdf2Callback)

/** OWASP's parameters: 19 MiB, two passes, one lane; about 13 ms of one core. */
const argon = { memoryCost: 19 * 1024, timeCost: 2, parallelism: 1 }
const current = `$argon2id$v=19$m=${argon.memoryCost},t=${argon.timeCost},p=${argon.parallelism}$`
const waitingMost = 256

/** Hashing takes threads that files and name lookups need too: few run at once, and a flood is told to come back. */
type Gate = { running: number; waiting: (() => void)[] }
const gate = once('accounts.hashing', (): Gate => ({ running: 0, waiting: [] }))
const runningMost = Math.max(1, Math.min(3, availableParallelism() - 1))

/** The hash of a new password. */
export function hashPassword(password: string): Promise<string> {
  return inTurn(() => hash(password, argon))
}

/** Whether a password fits a stored hash. For nobody's hash (null) it takes just as long and says no. */
export function verifyPassword(stored: string | null, password: string): Promise<boolean> {
  return inTurn(async () => {
    const fits = await check(stored ?? (await nobodysHash()), password)
    return stored !== null && fits
  })
}

/** Whether the hash should be made anew now that the password is at hand: it is of the first service, or of weaker parameters. */
export function isOutdated(stored: string): boolean {
  return !stored.startsWith(current)
}

const nobodysHash = () => once('accounts.nobody', () => hash('nobody has this password', argon))

async function check(stored: string, password: string): Promise<boolean> {
  if (stored.startsWith('$argon2')) return verify(stored, password).catch(() => false)
  if (/^\$2[abxy]\$(0\d|1[0-4])\$/.test(stored)) return checkBcrypt(stored, password)
  const werkzeug = /^(scrypt|pbkdf2):([^$]+)\$([^$]+)\$([0-9a-f]+)$/.exec(stored)
  return werkzeug ? checkWerkzeug(werkzeug, password) : false
}

/** bcryptjs computes on the thread that calls it, up to a second long: never on this one. */
function checkBcrypt(stored: string, password: string): Promise<boolean> {
  const script = `const { parentPort, workerData } = require('node:worker_threads')
import('bcryptjs').then(m => parentPort.postMessage(m.default.compareSync(workerData.password, workerData.stored)))`
  return new Promise((resolve, reject) => {
    const worker = new Worker(script, { eval: true, workerData: { stored, password } })
    worker.once('message', (fits: boolean) => resolve(fits))
    worker.once('error', reject)
    worker.once('exit', () => resolve(false))
  })
}

/** The formats of Python's werkzeug, which other imported databases use: `scrypt:N:r:p$salt$hex`, `pbkdf2:sha256:rounds$salt$hex`. */
async function checkWerkzeug([, kind, parameters, salt, hex]: RegExpExecArray, password: string): Promise<boolean> {
  const expected = Buffer.from(hex!, 'hex')
  const parts = parameters!.split(':')
  const numbers = parts.map(Number)
  let actual: Buffer
  if (kind === 'scrypt') {
    const [N = 0, r = 0, p = 0] = numbers
    if (!(N <= 131_072 && r <= 16 && p <= 4)) return false
    actual = await scrypt(password, salt!, expected.length, { N, r, p, maxmem: 256 * N * r })
  } else {
    const rounds = numbers[1] ?? 600_000
    if (!['sha256', 'sha512', 'sha1'].includes(parts[0]!) || !(rounds >= 1 && rounds <= 2_000_000)) return false
    actual = await pbkdf2(password, salt!, rounds, expected.length, parts[0]!)
  }
  return expected.length > 0 && timingSafeEqual(actual, expected)
}

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (gate.running >= runningMost) {
    if (gate.waiting.length >= waitingMost) {
      throw new AppError('unavailable', 'Too many people are signing in right now. Please try again.', 2)
    }
    await new Promise<void>(resolve => gate.waiting.push(resolve))
  } else gate.running++
  try {
    return await work()
  } finally {
    // The place is handed over, not freed: whoever waits longest is next.
    const next = gate.waiting.shift()
    if (next) next()
    else gate.running--
  }
}

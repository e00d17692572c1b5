import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { join } from 'node:path'
import { verify } from '@node-rs/argon2'
import SQLite from 'better-sqlite3'

// What the service is measured against: the least that could do the same. node:http, better-sqlite3, prepared statements,
// the same tables and the same credentials; no validation, no limits, no decision (every caller is asked the same), no CORS. Of a
// call it keeps what the service has to keep: the answer, the reason, what was heard, and the events of its story.

const db = new SQLite(join(process.env.DATA_DIR!, 'users.db'))
db.pragma('journal_mode = WAL')
db.pragma('synchronous = FULL')
const secret = process.env.JWT_SECRET!

const user = 'u.id, u.username, u.email, u.created_at, u.last_login, u.is_active, u.password_hash'
const bySession = db.prepare(
  `SELECT ${user} FROM sessions s JOIN users u ON u.id = s.user_id WHERE s.id = ? AND s.revoked_at IS NULL AND u.is_active = 1`,
)
const byKey = db.prepare(
  `SELECT ${user} FROM api_keys k JOIN users u ON u.id = k.user_id WHERE k.hash = ? AND k.revoked_at IS NULL AND u.is_active = 1`,
)
const byName = db.prepare(`SELECT ${user} FROM users u WHERE u.username_key = ?`)
const calls = db.prepare(
  'SELECT id, call_id, caller_number, called_number, timestamp, action, message, status FROM call_history WHERE user_id = ? ORDER BY timestamp DESC, id DESC LIMIT ?',
)
const insert = db.prepare(
  `INSERT INTO call_history (user_id, call_id, caller_number, called_number, timestamp, action, message, status, caller_key, source, reason,
     decided_by, rung, urgency, facts, ladder, answer, latency_ms)
   VALUES (?, ?, ?, ?, ?, 'ask_question', ?, 'in_progress', ?, 'api', ?, 'fallback', 'conversation', 'normal', ?, ?, ?, ?)
   ON CONFLICT DO NOTHING`,
)
const insertEvent = db.prepare(
  'INSERT INTO call_events (call, user_id, at_ms, kind, data, created_at) VALUES (?, ?, ?, ?, ?, ?)',
)
type User = {
  id: number
  username: string
  email: string
  created_at: string
  last_login: string
  password_hash: string
}

function findUser({ headers }: IncomingMessage): User | undefined {
  const { authorization } = headers
  if (authorization) {
    const [head, claims, signature] = authorization.slice(7).split('.') as [string, string, string]
    const expected = createHmac('sha256', secret).update(`${head}.${claims}`).digest()
    if (!timingSafeEqual(expected, Buffer.from(signature, 'base64url'))) return undefined
    const { sid, exp } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as { sid: string; exp: number }
    return exp * 1000 < Date.now() ? undefined : (bySession.get(sid) as User | undefined)
  }
  const key = headers['x-api-key']
  return key ? (byKey.get(createHash('sha256').update(String(key)).digest('base64url')) as User | undefined) : undefined
}

type Call = { userId: number; callId: string; caller: string; called: string; at: string; answer: object }
const reason = 'Nobody has said yet who is calling and what it is about.'
const question = 'Who is calling, please, and what is it about?'
const ladder = ['emergency', 'rules', 'people', 'block_list', 'persistent', 'hours', 'conversation'].map(rung => ({
  rung,
  outcome: 'passed',
  reason: 'A sentence about why this rung did not decide.',
}))
const story = {
  received: { source: 'api' },
  decided: { action: 'ask_question', reason, decidedBy: 'fallback', rung: 'conversation' },
  said: { turn: 0, text: question },
}

function storeCall({ userId, callId, caller, called, at, answer }: Call): void {
  const facts = JSON.stringify({ urgency: 'normal', isSales: false, isSuspicious: false })
  const [rungs, told, took] = [ladder, answer, { decision: 0 }].map(value => JSON.stringify(value))
  const stored = insert.run(userId, callId, caller, called, at, question, caller, reason, facts, rungs, told, took)
  if (stored.changes === 0) return
  for (const [kind, data] of Object.entries(story))
    insertEvent.run(stored.lastInsertRowid, userId, 0, kind, JSON.stringify(data), at)
}

/** All calls that wait share one commit. */
let waiting: { call: Call; done: () => void }[] = []
const storeAll = db.transaction((group: typeof waiting) => {
  for (const { call } of group) storeCall(call)
})
function store(call: Call, done: () => void): void {
  if (waiting.push({ call, done }) > 1) return
  setImmediate(() => {
    const group = waiting
    waiting = []
    storeAll(group)
    for (const { done } of group) done()
  })
}

function send(response: ServerResponse, status: number, value: object): void {
  const body = JSON.stringify(value)
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) })
  response.end(body)
}

function read(request: IncomingMessage, use: (body: Record<string, string>) => void): void {
  let text = ''
  request.on('data', piece => {
    text += piece
  })
  request.on('end', () => use(JSON.parse(text)))
}

const parts = { sip: true, stt: true, decision_engine: true, action_router: true, user_manager: true }

const server = createServer((request, response) => {
  const [path, query] = request.url!.split('?') as [string, string | undefined]
  if (path === '/health') return send(response, 200, { status: 'healthy', components: parts })
  if (path === '/auth/login')
    return read(request, async ({ username, password }) => {
      const found = byName.get(username) as User
      const isRight = await verify(found.password_hash, password!)
      send(response, isRight ? 200 : 401, { id: found.id })
    })
  const found = findUser(request)
  if (!found) return send(response, 401, { detail: 'Authentication required' })
  const { id, username, email, created_at, last_login } = found
  if (path === '/user/profile')
    return send(response, 200, { id, username, email, api_key: '***', created_at, last_login })
  if (path === '/user/calls') {
    const rows = calls.all(id, Number(new URLSearchParams(query).get('limit') ?? 50))
    return send(response, 200, { user_id: id, username, total_calls: rows.length, calls: rows })
  }
  read(request, ({ call_id, caller_number, called_number }) => {
    const at = new Date().toISOString().replace('Z', '+00:00')
    const answer = { status: 'success', call_id, action: 'ask_question', message: question }
    store({ userId: id, callId: call_id!, caller: caller_number!, called: called_number!, at, answer }, () =>
      send(response, 200, answer),
    )
  })
})
server.listen(0, '127.0.0.1', () =>
  console.log(`running at http://127.0.0.1:${(server.address() as { port: number }).port}`),
)

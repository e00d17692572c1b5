import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, writeFileSync } from 'node:fs'
import { request } from 'node:https'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { endAll, newDataDir, register, type Service, startService } from './service.ts'

// A real nginx with TLS in front, configured exactly as the guide of the first service says: only ports and paths differ.

const host = 'your-domain.com'
let service: Service
let nginx: ChildProcess
let port: number

const guide = (upstream: string) => `
server {
    listen ${port} ssl;
    server_name ${host};

    ssl_certificate cert.pem;
    ssl_certificate_key key.pem;

    location / {
        proxy_pass ${upstream};
        proxy_set_header Host $host;
        proxy_set_header X-Real-IP $remote_addr;
    }
}`

beforeAll(async () => {
  service = await startService()
  const folder = newDataDir()
  port = await freePort()
  execFileSync(
    'openssl',
    [
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-days',
      '2',
      '-subj',
      `/CN=${host}`,
      '-keyout',
      'key.pem',
      '-out',
      'cert.pem',
    ],
    { cwd: folder, stdio: 'ignore' },
  )
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    name => `${name}_temp_path ${folder}/${name};`,
  )
  writeFileSync(
    join(folder, 'nginx.conf'),
    `worker_processes 1; daemon off; pid ${folder}/nginx.pid; error_log ${folder}/error.log;
    events {}
    http { access_log off; ${temporary.join(' ')} ${guide(service.url)} }`,
  )
  const program = ['/usr/sbin/nginx', '/usr/bin/nginx', '/sbin/nginx'].find(existsSync) ?? 'nginx'
  nginx = spawn(program, ['-p', folder, '-c', join(folder, 'nginx.conf'), '-e', join(folder, 'error.log')], {
    stdio: 'inherit',
  })
  for (let i = 0; i < 100; i++) {
    if (await ask('GET', '/').catch(() => null)) return
    await sleep(100)
  }
})
afterAll(async () => {
  if (nginx.exitCode === null) {
    const gone = once(nginx, 'exit')
    nginx.kill('SIGTERM')
    await gone
  }
  await endAll()
})

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  probe.close()
  return port
}

type Answer = { status: number; headers: Record<string, string | string[] | undefined>; text: string }

/** As a browser at https://your-domain.com would ask; the usual port is not in its Host and Origin. */
function ask(
  method: string,
  path: string,
  { body, headers = {} }: { body?: unknown; headers?: Record<string, string> } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        host: '127.0.0.1',
        port,
        path,
        method,
        rejectUnauthorized: false,
        servername: host,
        headers: { host, ...(body ? { 'content-type': 'application/json' } : {}), ...headers },
      },
      response => {
        let text = ''
        response.on('data', piece => {
          text += piece
        })
        response.on('end', () => resolve({ status: response.statusCode!, headers: response.headers, text }))
      },
    )
    sent.on('error', reject)
    sent.end(body === undefined ? undefined : JSON.stringify(body))
  })
}

const origin = { origin: `https://${host}` }

async function signIn(): Promise<string> {
  const user = await register(service.url)
  const answer = await ask('POST', '/api/v1/sign-in', {
    body: { username: user.username, password: user.password },
    headers: origin,
  })
  expect(answer.status, answer.text).toBeLessThan(300)
  const cookies = answer.headers['set-cookie'] as string[]
  const session = cookies.find(cookie => /session-token=[^;]+/.test(cookie))!
  expect(session).toMatch(/HttpOnly/i)
  expect(session).toMatch(/Secure/i)
  expect(session).toMatch(/SameSite=Lax/i)
  return session.split(';')[0]!
}

test('signing in works, and the cookie is one for https', async () => {
  const cookie = await signIn()
  const profile = await ask('GET', '/user/profile', { headers: { cookie } })
  expect(profile.status).toBe(200)
})

test('a page of ours may change things, another page may not', async () => {
  const cookie = await signIn()
  const call = { call_id: 'n1', caller_number: '+15550001', called_number: '100' }
  const own = await ask('POST', '/call/incoming', { body: call, headers: { cookie, ...origin } })
  expect(own.status, own.text).toBe(200)
  for (const other of ['https://evil.example', `http://evil.${host}`, 'null']) {
    const foreign = await ask('POST', '/call/incoming', { body: call, headers: { cookie, origin: other } })
    expect(foreign.status).toBe(403)
  }
  expect((await ask('POST', '/call/incoming', { body: call, headers: { cookie } })).status).toBe(403)
})

test('limits count the visitor, not nginx', async () => {
  const limited = await startService({ RATE_LIMITS: 'on' })
  const visit = (address: string) =>
    fetch(`${limited.url}/user/profile`, { headers: { 'x-api-key': 'aisk_wrong', 'x-real-ip': address } })
  for (let i = 0; i < 25; i++) await visit('203.0.113.5')
  expect((await visit('203.0.113.5')).status).toBe(429)
  expect((await visit('203.0.113.6')).status).toBe(401)
  await limited.end()
})

test('metrics are not shown to visitors', async () => {
  expect((await ask('GET', '/metrics')).status).toBe(404)
})

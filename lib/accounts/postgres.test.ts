// The same suites once more, on a real PostgreSQL.
process.env.TEST_DATABASE = 'postgres'

await import('./registration.test.ts')
await import('./sessions.test.ts')
await import('./secrets.test.ts')
await import('./users.test.ts')

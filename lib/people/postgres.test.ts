// The suites of the household once more, on a real PostgreSQL.
process.env.TEST_DATABASE = 'postgres'

await import('./people.test.ts')
await import('../rules/rules.test.ts')
await import('../lines/lines.test.ts')

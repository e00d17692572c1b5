import { stripVTControlCharacters } from 'node:util'

/*
 * What failed, out of the report of a test runner: [{ title, reason }]. A long run is read from its end, often when only its
 * end was kept, so the reasons stand there once more.
 */
const linesOfReason = 12

const reasonOf = (text = '') =>
  stripVTControlCharacters(text)
    .split('\n')
    .filter(line => line.trim() && !line.includes('node_modules') && !line.includes('<anonymous>'))
    .slice(0, linesOfReason)

/** Of Vitest's JSON report: failed tests, and files that could not be read as tests. */
export function vitestFailures({ testResults = [] }) {
  return testResults.flatMap(({ name, message, assertionResults = [] }) => {
    const tests = assertionResults.filter(({ status }) => status === 'failed')
    if (tests.length === 0 && message) return [{ title: name, reason: reasonOf(message) }]
    return tests.map(test => ({ title: `${name}: ${test.fullName}`, reason: reasonOf(test.failureMessages?.[0]) }))
  })
}

/** Of Playwright's JSON report: what failed at every try, with its first reason, and what broke outside the tests. */
export function playwrightFailures({ suites = [], errors = [] }) {
  return [
    ...suites.flatMap(failedSpecs),
    ...errors.map(({ message }) => ({ title: 'outside the tests', reason: reasonOf(message) })),
  ]
}

function failedSpecs({ suites = [], specs = [] }) {
  const failed = specs.flatMap(({ title, file, line, tests }) =>
    tests
      .filter(({ status }) => status === 'unexpected')
      .map(({ projectName, results }) => ({
        title: `[${projectName}] ${file}:${line}: ${title}`,
        reason: reasonOf(results.find(({ error }) => error)?.error.message),
      })),
  )
  return [...failed, ...suites.flatMap(failedSpecs)]
}

import { execFile } from 'node:child_process'
import { globSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fetchToolchain, type Toolchain } from './toolchain.ts'

const run = promisify(execFile)
const main = 'android/app/src/main/java'
const tests = 'android/app/src/test/java'
const stubs = 'e2e/android/stubs'
let tools: Toolchain
let out: string

beforeAll(async () => {
  tools = await fetchToolchain()
  out = await mkdtemp(join(tmpdir(), 'android-java-'))
}, 600_000)
afterAll(() => rm(out, { recursive: true, force: true }))

const path = (...parts: string[]) => parts.join(delimiter)

describe('the Java of the app', () => {
  it('compiles against Android without a warning', async () => {
    const sources = globSync(`${main}/**/*.java`)
    expect(sources.length).toBeGreaterThan(10)
    const args = [
      '-encoding',
      'UTF-8',
      '--release',
      '17',
      '-Xlint:all,-options,-classfile',
      '-implicit:none',
      '-d',
      join(out, 'app'),
    ]
    const { stderr } = await run('javac', [
      ...args,
      '-sourcepath',
      path(stubs, main),
      '-cp',
      tools.androidJar,
      ...sources,
    ])
    expect(stderr.replace(/^(Picked up|Note:).*\n/gm, '')).toBe('')
  })

  it('passes its unit tests, which need no Android', async () => {
    const classes = join(out, 'core')
    const libraries = path(tools.jsonJar, ...tools.junitJars)
    const sources = [...globSync(`${main}/**/core/*.java`), ...globSync(`${tests}/**/*.java`)]
    await run('javac', ['-encoding', 'UTF-8', '--release', '17', '-cp', libraries, '-d', classes, ...sources])
    const suites = globSync(`${tests}/**/*Test.java`).map(file =>
      file.slice(tests.length + 1, -'.java'.length).replaceAll('/', '.'),
    )
    const classPath = path(classes, 'android/app/src/test/resources', libraries)
    const { stdout } = await run('java', [
      '-Dfile.encoding=UTF-8',
      '-cp',
      classPath,
      'org.junit.runner.JUnitCore',
      ...suites,
    ])
    expect(stdout).toMatch(/OK \(\d{2,} tests\)/)
  })

  it('keeps the plain logic free of Android', async () => {
    for (const file of globSync(`${main}/**/core/*.java`)) {
      expect(await readFile(file, 'utf8'), file).not.toMatch(/import (android|androidx|com\.getcapacitor)\./)
    }
  })

  it('never uses the session token: call screening knows its device key alone', async () => {
    for (const file of globSync(`${main}/**/*.java`))
      expect(await readFile(file, 'utf8'), file).not.toMatch(/Bearer|refresh_token/)
  })
})

describe('the stubs', () => {
  it('claim no method of Capacitor that Capacitor does not have', async () => {
    const real = 'node_modules/@capacitor/android/capacitor/src/main/java'
    for (const stub of globSync(`${stubs}/com/getcapacitor/*.java`)) {
      const known = methodsOf(await readFile(join(real, stub.slice(stubs.length)), 'utf8'))
      for (const method of methodsOf(await readFile(stub, 'utf8'))) expect(known, stub).toContain(method)
    }
  })
})

/** `name(Type,Type)` of each public or protected method, without annotations, parameter names and packages. */
function methodsOf(source: string): string[] {
  return [...source.matchAll(/(?:public|protected) [\w<>[\], ?]*?(\w+)\(([^()]*)\)/g)].map(([, name, parameters]) => {
    const types = parameters!.split(',').map(each =>
      each
        .trim()
        .replace(/@\w+ |final |\w+\.(?=[\w.]*[A-Z])/g, '')
        .replace(/\s+\w+$/, ''),
    )
    return `${name}(${types.join(',')})`
  })
}

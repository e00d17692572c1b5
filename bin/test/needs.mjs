import { execFileSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

/** Programs that tests use and npm does not bring: any of `programs` is enough, `packages` are Debian's. */
const parts = {
  chromium: { programs: ['chromium', 'chromium-browser', 'google-chrome'], packages: ['chromium'] },
  nginx: { programs: ['nginx'], packages: ['nginx-light', 'openssl'] },
  recogniser: {
    programs: ['pocketsphinx_continuous', 'pocketsphinx'],
    packages: ['pocketsphinx', 'pocketsphinx-en-us', 'sox'],
  },
  java: { programs: ['javac'], packages: ['default-jdk-headless'] },
  aapt: { programs: ['aapt2'], packages: ['aapt'] },
  // The tests unpack Debian's Asterisk into the cache themselves, without root; they need its package manager.
  asterisk: { programs: ['apt-get'], packages: [] },
}

/** Tries to bring the part. Null when it is there, else a sentence. */
export function missing(name) {
  const { programs, packages } = parts[name]
  if (programs.some(isInstalled)) return null
  if (packages.length > 0 && process.getuid?.() === 0 && isInstalled('apt-get')) installPackages(packages)
  if (programs.some(isInstalled)) return null
  return packages.length > 0
    ? `${programs[0]} is not installed (apt-get install ${packages.join(' ')})`
    : `${programs[0]} is not on this machine`
}

/** REQUIRE_CHROMIUM=1 and so on: a missing part is a failure, not a skip. */
export function isRequired(name) {
  return process.env[`REQUIRE_${name.toUpperCase()}`] === '1'
}

function isInstalled(program) {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/sbin']
  return folders.some(folder => {
    try {
      accessSync(join(folder, program), constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}

function installPackages(packages) {
  console.log(`Installing ${packages.join(', ')} with apt-get`)
  const options = { stdio: 'ignore', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }, timeout: 300_000 }
  try {
    execFileSync('apt-get', ['update', '-q'], options)
  } catch {}
  try {
    execFileSync('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...packages], options)
  } catch (error) {
    console.log(`apt-get could not install them: ${error.message}`)
  }
}

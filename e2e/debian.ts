import { execFile } from 'node:child_process'
import { globSync } from 'node:fs'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/**
 * Downloads Debian packages and all they need, of the first suite that has them, into `work`; resolves to the paths of
 * the .deb files. Needs apt and no privileges: nothing is installed. Rejects with what apt said for each suite.
 */
export async function downloadPackages({
  suites,
  names,
  work,
}: {
  suites: string[]
  names: string[]
  work: string
}): Promise<string[]> {
  await mkdir(join(work, 'lists/partial'), { recursive: true })
  await mkdir(join(work, 'cache/archives/partial'), { recursive: true })
  await writeFile(join(work, 'status'), '')
  const mirror = await findMirror()
  const failures: string[] = []
  for (const suite of suites) {
    await writeFile(
      join(work, 'sources.list'),
      `deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] ${mirror} ${suite} main\n`,
    )
    const settings = {
      'Dir::Etc::sourcelist': join(work, 'sources.list'),
      'Dir::Etc::sourceparts': '/dev/null',
      'Dir::Etc::preferencesparts': '/dev/null',
      'Dir::State::lists': join(work, 'lists'),
      'Dir::State::status': join(work, 'status'),
      'Dir::State::extended_states': join(work, 'extended'),
      'Dir::Cache': join(work, 'cache'),
      // A mirror's Release file may look expired; signatures are still checked.
      'Acquire::Check-Valid-Until': 'false',
      'Acquire::Check-Date': 'false',
      'Acquire::Languages': 'none',
      'Acquire::Retries': '3',
      'APT::Install-Recommends': 'false',
      'APT::Sandbox::User': '',
      'Debug::NoLocking': '1',
    }
    const options = ['-q', ...Object.entries(settings).flatMap(([name, value]) => ['-o', `${name}=${value}`])]
    try {
      await run('apt-get', [...options, 'update'], { timeout: 180_000, maxBuffer: 1 << 26 })
      await run('apt-get', [...options, '-y', '--download-only', 'install', ...names], {
        timeout: 600_000,
        maxBuffer: 1 << 26,
      })
      const archives = join(work, 'cache/archives')
      return (await readdir(archives)).filter(name => name.endsWith('.deb')).map(name => join(archives, name))
    } catch (error) {
      failures.push(`${suite}: ${error instanceof Error ? error.message.split('\n').slice(-3).join(' ') : error}`)
    }
  }
  throw new Error(`${names.join(', ')} could not be downloaded with apt.\n${failures.join('\n')}`)
}

/** The Debian mirror this machine already uses. */
async function findMirror(): Promise<string> {
  for (const file of ['/etc/apt/sources.list', ...globSync('/etc/apt/sources.list.d/*')]) {
    const text = await readFile(file, 'utf8').catch(() => '')
    for (const line of text.split('\n')) {
      if (/security|updates|backports/.test(line)) continue
      const address = /^(?:URIs:|deb\s).*?(\w+:\/\/[^\s\]]+)/.exec(line)?.[1]
      if (address) return address
    }
  }
  return 'http://deb.debian.org/debian'
}

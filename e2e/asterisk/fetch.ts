import { execFile } from 'node:child_process'
import { existsSync, globSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const libraries = 'usr/lib/x86_64-linux-gnu'

/** Where Asterisk is kept between runs: outside the work tree, shared by every test. */
export const asteriskRoot = join(
  process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'),
  'ai-call-service',
  'asterisk',
  'debian-22',
)

/**
 * Debian's Asterisk 22 and every library it needs, unpacked into the cache: about 15 s the first time, nothing afterwards.
 * Needs apt and dpkg-deb and no privileges: nothing is installed, the program runs through its own ld.so.
 */
export async function fetchAsterisk(root = asteriskRoot): Promise<string> {
  if (existsSync(join(root, '.complete'))) return root
  const work = await mkdtemp(join(tmpdir(), 'asterisk-fetch-'))
  try {
    const packages = await download(work)
    const part = `${root}.${process.pid}`
    await rm(part, { recursive: true, force: true })
    await unpack(packages, part)
    const { stdout } = await run(...loader(part, ['-V']))
    await writeFile(join(part, '.complete'), stdout)
    // Two suites may fetch at once: the first to finish wins, the other uses what it finds.
    await rename(part, root).catch(async error => {
      await rm(part, { recursive: true, force: true })
      if (!existsSync(join(root, '.complete'))) throw error
    })
    return root
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}

/** The command line that runs the fetched program with the fetched libraries. */
export function loader(root: string, args: string[]): [string, string[]] {
  return [
    join(root, 'lib64/ld-linux-x86-64.so.2'),
    ['--library-path', join(root, libraries), '--argv0', 'asterisk', join(root, 'usr/sbin/asterisk'), ...args],
  ]
}

export const modulesFolder = (root: string) => join(root, libraries, 'asterisk/modules')

async function download(work: string): Promise<string[]> {
  await mkdir(join(work, 'lists/partial'), { recursive: true })
  await mkdir(join(work, 'cache/archives/partial'), { recursive: true })
  await writeFile(join(work, 'status'), '')
  const mirror = await findMirror()
  const failures: string[] = []
  for (const suite of ['forky', 'sid']) {
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
      await run(
        'apt-get',
        [...options, '-y', '--download-only', 'install', 'asterisk', 'asterisk-core-sounds-en-wav'],
        { timeout: 600_000, maxBuffer: 1 << 26 },
      )
      const archives = join(work, 'cache/archives')
      return (await readdir(archives)).filter(name => name.endsWith('.deb')).map(name => join(archives, name))
    } catch (error) {
      failures.push(`${suite}: ${error instanceof Error ? error.message.split('\n').slice(-3).join(' ') : error}`)
    }
  }
  throw new Error(`Asterisk could not be downloaded with apt.\n${failures.join('\n')}`)
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

async function unpack(packages: string[], into: string): Promise<void> {
  await mkdir(join(into, 'usr'), { recursive: true })
  for (const name of ['bin', 'sbin', 'lib', 'lib64']) {
    await mkdir(join(into, 'usr', name))
    await symlink(`usr/${name}`, join(into, name))
  }
  const excluded = ['doc*', 'man', 'locale', 'i18n', 'info'].map(name => `--exclude=./usr/share/${name}`).join(' ')
  for (const file of packages) {
    await run('sh', [
      '-c',
      `dpkg-deb --fsys-tarfile "$1" | tar -x -C "$2" --keep-directory-symlink --no-same-owner --wildcards ${excluded} -f -`,
      'sh',
      file,
      into,
    ])
  }
  // The real package makes this link when it is installed.
  await rm(join(into, 'usr/share/asterisk/sounds/en'), { recursive: true, force: true })
  await symlink('en_US_f_Allison', join(into, 'usr/share/asterisk/sounds/en'))
}

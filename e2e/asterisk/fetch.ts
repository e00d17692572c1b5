import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { downloadPackages } from '../debian.ts'

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
    const packages = await downloadPackages({
      suites: ['forky', 'sid'],
      names: ['asterisk', 'asterisk-core-sounds-en-wav'],
      work,
    })
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

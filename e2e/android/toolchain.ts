import { execFile } from 'node:child_process'
import { existsSync, globSync } from 'node:fs'
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { homedir, tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'
import { downloadPackages } from '../debian.ts'

const run = promisify(execFile)
const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'ai-call-service', 'android')

/**
 * Debian's parts of Android: the stub classes of API 23 (newer classes are in stubs/), org.json, JUnit, aapt and the
 * framework's resources. Google's own SDK is not in any package archive; the APK itself is built where it is.
 */
const parts = [
  { folder: 'stubs', suites: ['bullseye', 'sid'], names: ['libandroid-23-java'], only: /^libandroid-23-java_/ },
  { folder: 'json', suites: ['bookworm', 'sid'], names: ['libandroid-json-java'], only: /^libandroid-json-java_/ },
  {
    folder: 'junit',
    suites: ['bookworm', 'sid'],
    names: ['junit4', 'libhamcrest-java'],
    only: /^(junit4|libhamcrest-java)_/,
  },
  {
    folder: 'framework',
    suites: ['trixie', 'sid'],
    names: ['android-framework-res'],
    only: /^android-framework-res_/,
  },
]

export type Toolchain = { androidJar: string; jsonJar: string; junitJars: string[]; frameworkApk: string }

/** Downloads what is not cached yet (about 20 MB) and tells where it is. Needs apt; installs nothing. */
export async function fetchToolchain(): Promise<Toolchain> {
  for (const part of parts) await fetchPart(part)
  const java = (folder: string, name: string) => found(join(cache, folder, 'usr/share/java', name))
  return {
    androidJar: java('stubs', 'com.android.android-23.jar'),
    jsonJar: java('json', 'com.android.json-android-*.jar'),
    junitJars: [java('junit', 'junit4-4*.jar'), ...globSync(join(cache, 'junit/usr/share/java/hamcrest-*.jar'))],
    frameworkApk: found(join(cache, 'framework/usr/share/android-framework-res/framework-res.apk')),
  }
}

async function fetchPart({ folder, suites, names, only }: (typeof parts)[number]) {
  const into = join(cache, folder)
  if (existsSync(into)) return
  const work = await mkdtemp(join(tmpdir(), 'android-fetch-'))
  const draft = join(cache, `${folder}.${process.pid}`)
  try {
    const packages = (await downloadPackages({ suites, names, work })).filter(path => only.test(basename(path)))
    await mkdir(draft, { recursive: true })
    for (const path of packages) await run('dpkg-deb', ['-x', path, draft])
    await rename(draft, into).catch(error => {
      // somebody else was quicker
      if (!existsSync(into)) throw error
    })
  } finally {
    await rm(work, { recursive: true, force: true })
    await rm(draft, { recursive: true, force: true })
  }
}

function found(pattern: string): string {
  const [path] = globSync(pattern)
  if (!path) throw new Error(`${pattern} is not in the downloaded package.`)
  return path
}

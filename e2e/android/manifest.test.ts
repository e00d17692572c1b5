import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fetchToolchain } from './toolchain.ts'

const run = promisify(execFile)
const app = 'android/app/src/main'
let work: string
/** Our resources and manifest, linked against Android 14; what androidx and Capacitor bring stands in library-res by name. */
let apk: string
let tree: string

beforeAll(async () => {
  const { frameworkApk } = await fetchToolchain()
  work = await mkdtemp(join(tmpdir(), 'android-res-'))
  apk = join(work, 'resources.apk')
  const manifest = (await readFile(`${app}/AndroidManifest.xml`, 'utf8'))
    .replaceAll(/\$\{applicationId\}/g, 'app.aicallservice.android')
    .replace('<manifest ', '<manifest package="app.aicallservice.android" ')
    // Debian's aapt2 is older than Android 11, which brought this element.
    .replace(/<queries>.*?<\/queries>/s, '')
  await writeFile(join(work, 'AndroidManifest.xml'), manifest)
  await run('aapt2', ['compile', '--dir', `${app}/res`, '-o', join(work, 'app.zip')])
  await run('aapt2', ['compile', '--dir', 'e2e/android/library-res', '-o', join(work, 'library.zip')])
  const versions = ['--min-sdk-version', '24', '--target-sdk-version', '36']
  const inputs = ['-I', frameworkApk, '--manifest', join(work, 'AndroidManifest.xml'), '--auto-add-overlay']
  await run('aapt2', [
    'link',
    ...inputs,
    ...versions,
    '-R',
    join(work, 'app.zip'),
    join(work, 'library.zip'),
    '-o',
    apk,
  ])
  tree = (await run('aapt2', ['dump', 'xmltree', '--file', 'AndroidManifest.xml', apk])).stdout
}, 600_000)
afterAll(() => rm(work, { recursive: true, force: true }))

/** Each component of the linked manifest with its own attributes: `{ element: 'service', name: '...', exported: 'true' }`. */
function components(): Record<string, string>[] {
  const found: Record<string, string>[] = []
  let open: Record<string, string> | undefined
  for (const line of tree.split('\n')) {
    const element = /E: ([\w-]+) /.exec(line)?.[1]
    if (element) {
      open = ['activity', 'service', 'provider', 'receiver', 'application'].includes(element) ? { element } : undefined
      if (open) found.push(open)
    }
    const attribute = /A: \S*?(\w+)\(0x\w+\)=(?:"([^"]*)"|(\S+))/.exec(line)
    if (open && attribute) open[attribute[1]!] = attribute[2] ?? attribute[3]!
  }
  return found
}

describe('the linked manifest', () => {
  it('asks for these permissions and no other', async () => {
    const { stdout } = await run('aapt2', ['dump', 'permissions', apk])
    const names = [...stdout.matchAll(/uses-permission: name='android\.permission\.(\w+)'/g)].map(([, name]) => name)
    expect(names.sort()).toEqual([
      'ACCESS_NETWORK_STATE',
      'INTERNET',
      'MODIFY_AUDIO_SETTINGS',
      'POST_NOTIFICATIONS',
      'RECEIVE_BOOT_COMPLETED',
      'RECORD_AUDIO',
    ])
  })

  it('backs nothing up, and says so to every version of Android', () => {
    const application = components().find(({ element }) => element === 'application')
    expect(application).toMatchObject({ allowBackup: 'false' })
    expect(application).toHaveProperty('dataExtractionRules')
    expect(application).toHaveProperty('fullBackupContent')
    expect(application).toHaveProperty('networkSecurityConfig')
    expect(application).not.toHaveProperty('debuggable')
  })

  it('lets other apps reach the front door and the push receiver, and the system alone the call screener', () => {
    const exported = components().filter(({ exported }) => exported === 'true')
    expect(exported.map(({ name }) => name)).toEqual([
      '.MainActivity',
      '.callscreen.CallScreener',
      '.news.PushReceiver',
    ])
    expect(exported[1]!.permission).toBe('android.permission.BIND_SCREENING_SERVICE')
  })

  it('hears what a push distributor may say, and sees such apps alone', async () => {
    const said = [...tree.matchAll(/"(org\.unifiedpush\.[\w.]+)" \(Raw/g)].map(([, action]) => action)
    expect(said).toEqual([
      'org.unifiedpush.android.connector.MESSAGE',
      'org.unifiedpush.android.connector.UNREGISTERED',
      'org.unifiedpush.android.connector.NEW_ENDPOINT',
      'org.unifiedpush.android.connector.REGISTRATION_FAILED',
      'org.unifiedpush.android.connector.TEMP_UNAVAILABLE',
    ])
    const manifest = await readFile(`${app}/AndroidManifest.xml`, 'utf8')
    const seen = /<queries>(.*?)<\/queries>/s.exec(manifest)?.[1] ?? ''
    expect([...seen.matchAll(/android:name="([^"]+)"/g)].map(([, name]) => name)).toEqual([
      'org.unifiedpush.android.distributor.REGISTER',
    ])
  })

  it('starts jobs through Android alone', () => {
    const jobs = components().filter(({ name }) => name?.endsWith('Job'))
    expect(jobs).toHaveLength(2)
    for (const job of jobs)
      expect(job).toMatchObject({ exported: 'false', permission: 'android.permission.BIND_JOB_SERVICE' })
  })

  it('says of every component whether it is exported', () => {
    for (const component of components()) {
      if (component.element !== 'application') expect(component, component.name).toHaveProperty('exported')
    }
  })

  it('names classes that exist', async () => {
    for (const { name } of components()) {
      const full = name?.startsWith('.') ? `app.aicallservice.android${name}` : name
      if (full?.startsWith('app.aicallservice.'))
        await readFile(`${app}/java/${full.replaceAll('.', '/')}.java`, 'utf8')
    }
  })
})

describe('the resources', () => {
  it('are in every language what they are in English', async () => {
    const names = async (folder: string) =>
      [...(await readFile(`${app}/res/${folder}/strings.xml`, 'utf8')).matchAll(/name="(\w+)"/g)].map(
        ([, name]) => name,
      )
    const fixed = ['app_name', 'title_activity_main', 'package_name', 'custom_url_scheme']
    expect(await names('values-de')).toEqual((await names('values')).filter(name => !fixed.includes(name!)))
  })
})

import { execFile } from 'node:child_process'
import { access } from 'node:fs/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)

const model = '/usr/share/pocketsphinx/model/en-us'
export const acousticModel = `${model}/en-us`
export const languageModel = `${model}/en-us.lm.bin`
export const dictionary = `${model}/cmudict-en-us.dict`
export const program = 'pocketsphinx_batch'

async function isThere(): Promise<boolean> {
  const found = await Promise.allSettled([
    run('sh', ['-c', `command -v ${program}`]),
    ...[acousticModel, languageModel, dictionary].map(path => access(path)),
  ])
  return found.every(({ status }) => status === 'fulfilled')
}

/** Debian's pocketsphinx and its English model; installed when they are missing and this is root, else a sentence tells how. */
export async function ensurePocketsphinx(): Promise<void> {
  if (await isThere()) return
  const packages = ['pocketsphinx', 'pocketsphinx-en-us']
  if (process.getuid?.() !== 0) {
    throw new Error(
      `The test recogniser needs Debian's ${packages.join(' and ')}: apt-get install ${packages.join(' ')}`,
    )
  }
  const options = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }, timeout: 300_000 }
  await run('apt-get', ['update'], options)
  await run('apt-get', ['install', '-y', '--no-install-recommends', ...packages], options)
  if (!(await isThere())) throw new Error('pocketsphinx was installed and still cannot be found.')
}

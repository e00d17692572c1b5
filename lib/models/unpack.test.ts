import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { Header } from 'tar'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { unpack } from './unpack.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unpack-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

type Entry = { path: string; type?: string; size?: number; content?: string; linkpath?: string }

/** A tar file written by hand, because no honest program writes such ones. */
function tarOf(entries: Entry[]): Buffer {
  const blocks = entries.flatMap(({ path, type = 'File', content = '', size = content.length, linkpath }) => {
    const header = new Header({
      path,
      type: type as 'File',
      size,
      mode: 0o777,
      mtime: new Date(0),
      ...(linkpath ? { linkpath } : {}),
    })
    const block = Buffer.alloc(512)
    header.encode(block, 0)
    const body = Buffer.alloc(Math.ceil(content.length / 512) * 512)
    body.write(content)
    return [block, body]
  })
  return Buffer.concat([...blocks, Buffer.alloc(1024)])
}

// the first archive of the first test through bzip2 -9: Node can read gzip alone
const bzipped = Buffer.from(
  'QlpoOTFBWSZTWdbZW/0AAIbfkPMSQAH3hAAAhAHiC5/ABAAAKCAAkhGppGgAaA0aBpiDamqR6g09Q9Q9RkaDIH7SWmWM7KRnJLZC' +
    'XzUkIzLEhCYhSSKMqbStWcHJk8MtfpwmWqEijGkiC86DOvbCyRCmd5mF7mE3JUrFsxGEICBIQYgQMQJxv7ip8rBB0kR7yRNJ8RQR' +
    'xrrWAX4u5IpwoSGtsrf6',
  'base64',
)

const never = () => new AbortController().signal

async function tryUnpack(bytes: Uint8Array, limits?: { bytes: number; entries: number }) {
  const archive = join(folder, 'a.tar')
  await writeFile(archive, bytes)
  await unpack(archive, join(folder, 'out'), { signal: never(), ...(limits ? { limits } : {}) })
}

test('plain files and folders are unpacked from tar, gzip and bzip2', async () => {
  const tar = tarOf([
    { path: 'm/', type: 'Directory' },
    { path: 'm/tokens.txt', content: 'a 1\n' },
    { path: 'm/test_wavs/0.wav', content: 'x' },
  ])
  for (const bytes of [tar, gzipSync(tar), bzipped]) {
    await tryUnpack(bytes)
    expect(await readFile(join(folder, 'out', 'm', 'tokens.txt'), 'utf8')).toBe('a 1\n')
    expect(await readdir(join(folder, 'out', 'm'))).toEqual(['tokens.txt'])
    expect((await stat(join(folder, 'out', 'm', 'tokens.txt'))).mode & 0o111).toBe(0)
    await rm(join(folder, 'out'), { recursive: true })
  }
})

test.each<[string, Entry[]]>([
  ['climbs out with ..', [{ path: '../evil', content: 'x' }]],
  ['climbs out from inside', [{ path: 'm/../../evil', content: 'x' }]],
  ['begins at the root', [{ path: '/tmp/evil', content: 'x' }]],
  ['uses a backslash', [{ path: 'm\\..\\evil', content: 'x' }]],
  ['names a drive', [{ path: 'C:/evil', content: 'x' }]],
  ['is a symbolic link', [{ path: 'm/link', type: 'SymbolicLink', linkpath: '/etc/passwd' }]],
  [
    'writes through a link',
    [
      { path: 'm', type: 'SymbolicLink', linkpath: '..' },
      { path: 'm/evil', content: 'x' },
    ],
  ],
  ['is a hard link', [{ path: 'm/link', type: 'Link', linkpath: '../../etc/passwd' }]],
  ['is a device', [{ path: 'm/null', type: 'CharacterDevice' }]],
  ['is a pipe', [{ path: 'm/pipe', type: 'FIFO' }]],
  ['hides far below', [{ path: `${'d/'.repeat(12)}x`, content: 'x' }]],
])('an archive that %s is refused', async (_, entries) => {
  await expect(tryUnpack(tarOf(entries))).rejects.toThrow(/^The archive (wants to write to|holds)/)
  expect(await readdir(folder)).not.toContain('evil')
  expect(await readdir(join(folder, 'out'), { recursive: true })).not.toContain('evil')
})

test('a size bomb, a million files and a compressed bomb are stopped', async () => {
  await expect(tryUnpack(tarOf([{ path: 'big', size: 5_000_000_000, content: 'x' }]))).rejects.toThrow(
    'more than a model',
  )
  const many = tarOf(Array.from({ length: 50 }, (_, i) => ({ path: `f${i}`, content: 'x' })))
  await expect(tryUnpack(many, { bytes: 1e6, entries: 20 })).rejects.toThrow('more than 20 files')
  const bomb = gzipSync(Buffer.concat([tarOf([{ path: 'x', content: 'x' }]), Buffer.alloc(80 * 1024 * 1024)]))
  await expect(tryUnpack(bomb, { bytes: 1000, entries: 20 })).rejects.toThrow('more than a model')
})

test('a cut, damaged, empty or foreign file ends with a sentence', async () => {
  const tar = tarOf([{ path: 'm/a', content: 'x'.repeat(5000) }])
  const damaged = Buffer.from(bzipped)
  damaged.fill(0x55, 20, 40)
  for (const bytes of [
    bzipped.subarray(0, bzipped.length - 12),
    damaged,
    gzipSync(tar).subarray(0, 60),
    tar.subarray(0, 2000),
    Buffer.from('<html>Not found</html>'),
    Buffer.alloc(0),
    Buffer.alloc(1024),
  ]) {
    await expect(tryUnpack(bytes)).rejects.toThrow(/^The archive is (damaged|empty)/)
  }
})

test('it can be stopped', async () => {
  const archive = join(folder, 'a.tar')
  await writeFile(archive, tarOf([{ path: 'm/a', content: 'x' }]))
  const reason = new Error('enough')
  await expect(unpack(archive, join(folder, 'out'), { signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
})

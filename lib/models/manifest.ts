import type { Language } from '#lib/voice/ports.ts'
import type { ModelKind } from './kinds.ts'
import { type Licence, licences } from './licences.ts'

/** One model that can be pulled by name. Digests are not written here: the release itself publishes them (release.ts). */
export type ManifestEntry = {
  name: string
  kind: ModelKind
  label: string
  languages: readonly Language[]
  /** For choosing, in one line. */
  advice: string
  repository: string
  tag: string
  archive: string
  /** Of the archive, about: for the list and for people. The release's own number counts when it is pulled. */
  aboutBytes: number
  licence: Licence
  speakers?: readonly { id: number; label: string }[]
}

const repository = 'k2-fsa/sherpa-onnx'
const ears = { repository, tag: 'asr-models' } as const
const voices = { repository, tag: 'tts-models' } as const
const megabyte = 1_000_000

export const manifest: readonly ManifestEntry[] = [
  {
    ...ears,
    name: 'moonshine-tiny-en',
    kind: 'moonshine',
    label: 'Moonshine tiny',
    languages: ['en'],
    advice: 'English. The quickest: for small machines.',
    archive: 'sherpa-onnx-moonshine-tiny-en-int8.tar.bz2',
    aboutBytes: 108 * megabyte,
    licence: licences.moonshine,
  },
  {
    ...ears,
    name: 'moonshine-base-en',
    kind: 'moonshine',
    label: 'Moonshine base',
    languages: ['en'],
    advice: 'English. Better with names, still quick.',
    archive: 'sherpa-onnx-moonshine-base-en-int8.tar.bz2',
    aboutBytes: 251 * megabyte,
    licence: licences.moonshine,
  },
  {
    ...ears,
    name: 'whisper-tiny',
    kind: 'whisper',
    label: 'Whisper tiny',
    languages: ['en', 'de'],
    advice: 'English and German on a small machine.',
    archive: 'sherpa-onnx-whisper-tiny.tar.bz2',
    aboutBytes: 116 * megabyte,
    licence: licences.whisper,
  },
  {
    ...ears,
    name: 'whisper-tiny.en',
    kind: 'whisper',
    label: 'Whisper tiny (English)',
    languages: ['en'],
    advice: 'English on a small machine.',
    archive: 'sherpa-onnx-whisper-tiny.en.tar.bz2',
    aboutBytes: 118 * megabyte,
    licence: licences.whisper,
  },
  {
    ...ears,
    name: 'whisper-base',
    kind: 'whisper',
    label: 'Whisper base',
    languages: ['en', 'de'],
    advice: 'English and German. Twice as slow as tiny, and worth it.',
    archive: 'sherpa-onnx-whisper-base.tar.bz2',
    aboutBytes: 208 * megabyte,
    licence: licences.whisper,
  },
  {
    ...ears,
    name: 'whisper-base.en',
    kind: 'whisper',
    label: 'Whisper base (English)',
    languages: ['en'],
    advice: 'English, careful and slower.',
    archive: 'sherpa-onnx-whisper-base.en.tar.bz2',
    aboutBytes: 209 * megabyte,
    licence: licences.whisper,
  },
  {
    ...voices,
    name: 'piper-de-thorsten',
    kind: 'vits',
    label: 'Thorsten (German)',
    languages: ['de'],
    advice: 'A clear German voice, quick on every machine.',
    archive: 'vits-piper-de_DE-thorsten-medium.tar.bz2',
    aboutBytes: 67 * megabyte,
    licence: licences.thorsten,
  },
  {
    ...voices,
    name: 'piper-en-ljspeech',
    kind: 'vits',
    label: 'LJ (American English)',
    languages: ['en'],
    advice: 'A natural English voice, quick on every machine.',
    archive: 'vits-piper-en_US-ljspeech-medium.tar.bz2',
    aboutBytes: 67 * megabyte,
    licence: licences.ljspeech,
  },
  {
    ...voices,
    name: 'piper-en-alba',
    kind: 'vits',
    label: 'Alba (Scottish English)',
    languages: ['en'],
    advice: 'A natural English voice from Scotland.',
    archive: 'vits-piper-en_GB-alba-medium.tar.bz2',
    aboutBytes: 67 * megabyte,
    licence: licences.alba,
  },
  {
    ...voices,
    name: 'kokoro-en',
    kind: 'kokoro',
    label: 'Kokoro (English)',
    languages: ['en'],
    advice: 'The most natural English, for a machine with at least four cores.',
    archive: 'kokoro-int8-en-v0_19.tar.bz2',
    aboutBytes: 103 * megabyte,
    licence: licences.kokoro,
    speakers: [
      { id: 0, label: 'Kokoro: default' },
      { id: 1, label: 'Kokoro: Bella' },
      { id: 2, label: 'Kokoro: Nicole' },
      { id: 3, label: 'Kokoro: Sarah' },
      { id: 4, label: 'Kokoro: Sky' },
      { id: 5, label: 'Kokoro: Adam' },
      { id: 6, label: 'Kokoro: Michael' },
      { id: 7, label: 'Kokoro: Emma (British)' },
      { id: 8, label: 'Kokoro: Isabella (British)' },
      { id: 9, label: 'Kokoro: George (British)' },
      { id: 10, label: 'Kokoro: Lewis (British)' },
    ],
  },
]

export const findModel = (name: string, models = manifest) => models.find(model => model.name === name)
export const findArchive = (archive: string, models = manifest) => models.find(model => model.archive === archive)

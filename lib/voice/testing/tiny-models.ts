import { cp, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { encodeOnnx, type Graph, type TensorType } from './onnx.ts'

/**
 * Speech models without any training: the right files, inputs, outputs and metadata, random weights. A real runtime loads and
 * runs them, so loading, cancelling and crashing are real in tests. What they hear is noise, what they say is a hum.
 */
const vocabulary = ['<unk>', '<s>', '</s>', 'ma', 'lo', 'ri', 'su', 'ta', 'ne', 'ko', 'pi', 'wa']
const width = 8

/** The same "random" weights every time. */
function weights(count: number, seed: number): Float32Array {
  let state = seed
  return Float32Array.from({ length: count }, () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return state / 1_073_741_824 - 1
  })
}

const tokens: TensorType = { name: 'tokens', type: 'int32', shape: [1, 1] }
const encoderOut: TensorType = { name: 'encoder_out', type: 'float', shape: [1, 'T', width] }
const seqLen: TensorType = { name: 'seq_len', type: 'int32', shape: [1] }
const logits: TensorType = { name: 'logits', type: 'float', shape: [1, 1, vocabulary.length] }
const state = (name: string): TensorType => ({ name, type: 'float', shape: [1, 1, width] })

const preprocess: Graph = {
  inputs: [{ name: 'audio', type: 'float', shape: [1, 'N'] }],
  outputs: [{ name: 'features', type: 'float', shape: [1, 'T', 1] }],
  weights: [{ name: 'one', type: 'int64', shape: [1], values: [1] }],
  nodes: [
    { op: 'Unsqueeze', inputs: ['audio', 'one'], outputs: ['channel'] },
    { op: 'AveragePool', inputs: ['channel'], outputs: ['pooled'], ints: { kernel_shape: [384], strides: [384] } },
    { op: 'Transpose', inputs: ['pooled'], outputs: ['features'], ints: { perm: [0, 2, 1] } },
  ],
}

const encode: Graph = {
  inputs: [
    { name: 'features', type: 'float', shape: [1, 'T', 1] },
    { name: 'features_len', type: 'int32', shape: [1] },
  ],
  outputs: [encoderOut],
  weights: [{ name: 'w', type: 'float', shape: [1, width], values: weights(width, 1) }],
  nodes: [{ op: 'MatMul', inputs: ['features', 'w'], outputs: ['encoder_out'] }],
}

const decode = (inputs: TensorType[], next: string): Graph => ({
  inputs: [tokens, encoderOut, seqLen, ...inputs],
  outputs: [logits, state(next)],
  weights: [
    { name: 'embedding', type: 'float', shape: [vocabulary.length, vocabulary.length], values: neverTheSame() },
    { name: 'head', type: 'float', shape: [width, vocabulary.length], values: weights(width * vocabulary.length, 3) },
  ],
  nodes: [
    { op: 'ReduceMean', inputs: ['encoder_out'], outputs: [next], ints: { axes: [1], keepdims: 1 } },
    { op: 'MatMul', inputs: [next, 'head'], outputs: ['heard'] },
    { op: 'Gather', inputs: ['embedding', 'tokens'], outputs: ['before'] },
    { op: 'Add', inputs: ['heard', 'before'], outputs: ['logits'] },
  ],
})

/** Each syllable leads to another one, none to the end of the text. */
function neverTheSame(): Float32Array {
  const size = vocabulary.length
  const table = weights(size * size, 2)
  for (let row = 0; row < size; row++) {
    for (const special of [0, 1, 2]) table[row * size + special] = -50
    table[row * size + row] = -50
    table[row * size + 3 + ((row * 5 + 2) % (size - 3))]! += 4
  }
  return table
}

/** A folder that looks like a pulled Moonshine model. */
export async function writeTinyMoonshine(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  const files: Record<string, Uint8Array | string> = {
    'preprocess.onnx': encodeOnnx(preprocess),
    'encode.int8.onnx': encodeOnnx(encode),
    'uncached_decode.int8.onnx': encodeOnnx(decode([], 'state_0')),
    'cached_decode.int8.onnx': encodeOnnx(decode([state('state_0')], 'next_0')),
    'tokens.txt': vocabulary.map((token, id) => `${id > 2 ? '\u2581' : ''}${token}\t${id}\n`).join(''),
    LICENSE: 'Made for tests. Nothing was trained.\n',
  }
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content)
}

const whisperWords = [' ma', ' lo', ' ri', ' su', ' ta', ' ne', ' ko', ' pi', ' wa', ' he', ' du', ' ge']
const special = { sot: 12, eot: 13, translate: 14, transcribe: 15, no_timestamps: 16, no_speech: 17, en: 18, de: 19 }
const whisperSize = 20

/** Each word leads to another one; none to a special token. */
function whisperTable(): Float32Array {
  const table = weights(whisperSize * whisperSize, 5)
  for (let row = 0; row < whisperSize; row++) {
    for (let column = whisperWords.length; column < whisperSize; column++) table[row * whisperSize + column] = -50
    table[row * whisperSize + row] = -50
    table[row * whisperSize + ((row * 5 + 7) % whisperWords.length)]! += 4
  }
  return table
}

/** A folder that looks like a pulled multilingual Whisper model. */
export async function writeTinyWhisper(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  const cache = (name: string): TensorType => ({ name, type: 'float', shape: [1, 1, 'C', width] })
  const encoder: Graph = {
    inputs: [{ name: 'mel', type: 'float', shape: [1, 80, 'T'] }],
    outputs: [cache('n_layer_cross_k'), cache('n_layer_cross_v')],
    weights: [
      { name: 'w', type: 'float', shape: [80, width], values: weights(80 * width, 6) },
      { name: 'front', type: 'int64', shape: [1], values: [0] },
    ],
    nodes: [
      { op: 'Transpose', inputs: ['mel'], outputs: ['frames'], ints: { perm: [0, 2, 1] } },
      { op: 'MatMul', inputs: ['frames', 'w'], outputs: ['states'] },
      { op: 'Unsqueeze', inputs: ['states', 'front'], outputs: ['n_layer_cross_k'] },
      { op: 'Identity', inputs: ['n_layer_cross_k'], outputs: ['n_layer_cross_v'] },
    ],
    metadata: {
      n_mels: '80',
      n_text_layer: '1',
      n_text_ctx: '64',
      n_text_state: String(width),
      n_vocab: String(whisperSize),
      blank_id: '0',
      is_multilingual: '1',
      ...Object.fromEntries(
        (['sot', 'eot', 'translate', 'transcribe', 'no_timestamps', 'no_speech'] as const).map(name => [
          name,
          String(special[name]),
        ]),
      ),
      sot_sequence: [special.sot, special.en, special.transcribe].join(','),
      all_language_tokens: `${special.en},${special.de}`,
      all_language_codes: 'en,de',
    },
  }
  const decoder: Graph = {
    inputs: [
      { name: 'tokens', type: 'int64', shape: [1, 'n'] },
      ...['in_self_k', 'in_self_v', 'cross_k', 'cross_v'].map(cache),
      { name: 'offset', type: 'int64', shape: [1] },
    ],
    outputs: [
      { name: 'logits', type: 'float', shape: [1, 'n', whisperSize] },
      ...['out_self_k', 'out_self_v'].map(cache),
    ],
    weights: [
      { name: 'embedding', type: 'float', shape: [whisperSize, whisperSize], values: whisperTable() },
      {
        name: 'head',
        type: 'float',
        shape: [width, whisperSize],
        values: weights(width * whisperSize, 8).map(x => x / 50),
      },
    ],
    nodes: [
      { op: 'ReduceMean', inputs: ['cross_k'], outputs: ['mean'], ints: { axes: [2], keepdims: 0 } },
      { op: 'MatMul', inputs: ['mean', 'head'], outputs: ['heard'] },
      { op: 'Gather', inputs: ['embedding', 'tokens'], outputs: ['before'] },
      { op: 'Add', inputs: ['heard', 'before'], outputs: ['logits'] },
      { op: 'Identity', inputs: ['in_self_k'], outputs: ['out_self_k'] },
      { op: 'Identity', inputs: ['in_self_v'], outputs: ['out_self_v'] },
    ],
  }
  await writeFile(join(folder, 'tiny-encoder.int8.onnx'), encodeOnnx(encoder))
  await writeFile(join(folder, 'tiny-decoder.int8.onnx'), encodeOnnx(decoder))
  const encoded = whisperWords.map((word, id) => `${Buffer.from(word).toString('base64')} ${id}\n`)
  await writeFile(join(folder, 'tiny-tokens.txt'), encoded.join(''))
}

/** A folder that looks like a pulled VITS voice: it hums 100 ms for each letter, at 22,050 Hz. */
export async function writeTinyVoice(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  const letters = [...' abcdefghijklmnopqrstuvwxyzäöüß']
  const hum = Float32Array.from({ length: 2205 }, (_, i) => Math.sin((i / 22_050) * 2 * Math.PI * 180) * 0.02)
  const voice: Graph = {
    inputs: [
      { name: 'x', type: 'int64', shape: [1, 'T'] },
      { name: 'x_length', type: 'int64', shape: [1] },
      { name: 'noise_scale', type: 'float', shape: [1] },
      { name: 'length_scale', type: 'float', shape: [1] },
      { name: 'noise_scale_w', type: 'float', shape: [1] },
    ],
    outputs: [{ name: 'y', type: 'float', shape: [1, 1, 'N'] }],
    weights: [
      { name: 'last', type: 'int64', shape: [1], values: [2] },
      { name: 'shape', type: 'int64', shape: [3], values: [1, 1, -1] },
      { name: 'hum', type: 'float', shape: [1, 1, hum.length], values: hum },
    ],
    nodes: [
      { op: 'Cast', inputs: ['x'], outputs: ['ids'], ints: { to: 1 } },
      { op: 'Unsqueeze', inputs: ['ids', 'last'], outputs: ['column'] },
      { op: 'Mul', inputs: ['column', 'hum'], outputs: ['sound'] },
      { op: 'Reshape', inputs: ['sound', 'shape'], outputs: ['y'] },
    ],
    metadata: {
      sample_rate: '22050',
      n_speakers: '1',
      language: 'German',
      comment: 'tests',
      frontend: 'characters',
      add_blank: '0',
      use_eos_bos: '0',
    },
  }
  await writeFile(join(folder, 'tiny.onnx'), encodeOnnx(voice))
  await writeFile(join(folder, 'tokens.txt'), letters.map((letter, id) => `${letter} ${id}\n`).join(''))
}

/** The same folder with one file that is no model: a loader ends its process on it. */
export async function writeBrokenCopy(from: string, to: string, file: string): Promise<void> {
  await cp(from, to, { recursive: true })
  await writeFile(join(to, file), Buffer.alloc(4096, 0x7f))
}

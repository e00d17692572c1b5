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

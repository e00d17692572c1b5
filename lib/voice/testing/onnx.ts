/**
 * Writes small ONNX graphs: just enough of the format (a protocol buffer) to make models for tests that a real runtime
 * loads and runs. Field numbers are those of onnx.proto3.
 */
export type ElementType = 'float' | 'int32' | 'int64'
export type TensorType = { name: string; type: ElementType; shape: (number | string)[] }
export type Weights = { name: string; type: ElementType; shape: number[]; values: ArrayLike<number> }
export type Node = { op: string; inputs: string[]; outputs: string[]; ints?: Record<string, number | number[]> }

export type Graph = {
  inputs: TensorType[]
  outputs: TensorType[]
  weights?: Weights[]
  nodes: Node[]
  metadata?: Record<string, string>
}

const elementCode: Record<ElementType, number> = { float: 1, int32: 6, int64: 7 }

function varint(value: number | bigint): Buffer {
  let rest = BigInt.asUintN(64, BigInt(value))
  const bytes: number[] = []
  do {
    const low = Number(rest & 0x7fn)
    rest >>= 7n
    bytes.push(rest > 0n ? low | 0x80 : low)
  } while (rest > 0n)
  return Buffer.from(bytes)
}

const number = (field: number, value: number | bigint) => Buffer.concat([varint(field << 3), varint(value)])

function bytes(field: number, value: Uint8Array | string): Buffer {
  const content = typeof value === 'string' ? Buffer.from(value) : value
  return Buffer.concat([varint((field << 3) | 2), varint(content.length), content])
}

const message = (field: number, ...parts: Buffer[]) => bytes(field, Buffer.concat(parts))

function valueInfo(field: number, { name, type, shape }: TensorType): Buffer {
  const dimensions = shape.map(size => message(1, typeof size === 'number' ? number(1, size) : bytes(2, size)))
  return message(field, bytes(1, name), message(2, message(1, number(1, elementCode[type]), message(2, ...dimensions))))
}

function rawData({ type, values }: Weights): Uint8Array {
  const list = Array.from(values)
  if (type === 'float') return new Uint8Array(Float32Array.from(list).buffer)
  if (type === 'int32') return new Uint8Array(Int32Array.from(list).buffer)
  return new Uint8Array(BigInt64Array.from(list.map(BigInt)).buffer)
}

const initializer = (weights: Weights) =>
  message(
    5,
    ...weights.shape.map(size => number(1, size)),
    number(2, elementCode[weights.type]),
    bytes(8, weights.name),
    bytes(9, rawData(weights)),
  )

function node({ op, inputs, outputs, ints = {} }: Node): Buffer {
  const attributes = Object.entries(ints).map(([name, value]) =>
    Array.isArray(value)
      ? message(5, bytes(1, name), ...value.map(one => number(8, one)), number(20, 7))
      : message(5, bytes(1, name), number(3, value), number(20, 2)),
  )
  return message(
    1,
    ...inputs.map(name => bytes(1, name)),
    ...outputs.map(name => bytes(2, name)),
    bytes(4, op),
    ...attributes,
  )
}

/** The file's bytes: opset 13. */
export function encodeOnnx({ inputs, outputs, weights = [], nodes, metadata = {} }: Graph): Uint8Array {
  return Buffer.concat([
    number(1, 8),
    bytes(2, 'ai-call-service tests'),
    message(
      7,
      ...nodes.map(node),
      bytes(2, 'tiny'),
      ...weights.map(initializer),
      ...inputs.map(input => valueInfo(11, input)),
      ...outputs.map(output => valueInfo(12, output)),
    ),
    message(8, bytes(1, ''), number(2, 13)),
    ...Object.entries(metadata).map(([key, value]) => message(14, bytes(1, key), bytes(2, value))),
  ])
}

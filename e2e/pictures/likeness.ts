import sharp from 'sharp'

/** Pixels on a side of the squares that are compared: the edge of a letter drawn differently is nothing in their mean. */
const cellPx = 8
/** How far apart two means of 0 to 255 may be in any colour. */
const tolerance = 20
/** A page may be a little higher where a browser draws its own controls higher. */
const heightTolerancePx = 4

export type Likeness = {
  /** Squares that differ, and of how many. */
  unlike: number
  cells: number
  /** One sentence when the pictures have no common size. */
  trouble: string | null
  /** The new picture with the squares that differ in red. */
  marked: Buffer
}

type Means = { wide: number; high: number; data: Buffer }

/**
 * How much two pictures of a page look alike to somebody at arm's length: colours, margins and missing parts count, the
 * smoothing of letters (another Chromium, another machine) does not.
 */
export async function compare(known: Buffer, now: Buffer): Promise<Likeness> {
  const [before, after] = await Promise.all([sharp(known).metadata(), sharp(now).metadata()])
  const trouble =
    before.width !== after.width || Math.abs(before.height - after.height) > heightTolerancePx
      ? `It is ${after.width} by ${after.height} pixels, and was ${before.width} by ${before.height}.`
      : null
  const size = { width: Math.min(before.width, after.width), height: Math.min(before.height, after.height) }
  const [old, fresh] = await Promise.all([meansOf(known, size), meansOf(now, size)])
  const differing: number[] = []
  for (let cell = 0; cell < old.wide * old.high; cell++) {
    const isUnlike = [0, 1, 2].some(
      colour => Math.abs((old.data[cell * 3 + colour] ?? 0) - (fresh.data[cell * 3 + colour] ?? 0)) > tolerance,
    )
    if (isUnlike) differing.push(cell)
  }
  return {
    unlike: differing.length,
    cells: old.wide * old.high,
    trouble,
    marked: await mark(now, differing, old.wide),
  }
}

async function meansOf(png: Buffer, { width, height }: { width: number; height: number }): Promise<Means> {
  const wide = Math.floor(width / cellPx)
  const high = Math.floor(height / cellPx)
  const { data, info } = await sharp(png)
    .extract({ left: 0, top: 0, width: wide * cellPx, height: high * cellPx })
    .flatten({ background: '#fff' })
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true })
  const sums = new Float64Array(wide * high * 3)
  for (let y = 0; y < info.height; y++)
    for (let x = 0; x < info.width; x++) {
      const cell = Math.floor(y / cellPx) * wide + Math.floor(x / cellPx)
      const at = (y * info.width + x) * info.channels
      for (let colour = 0; colour < 3; colour++) sums[cell * 3 + colour]! += data[at + colour] ?? 0
    }
  return { wide, high, data: Buffer.from(sums.map(sum => Math.round(sum / cellPx ** 2))) }
}

function mark(png: Buffer, cells: readonly number[], wide: number): Promise<Buffer> {
  const square = {
    input: { create: { width: cellPx, height: cellPx, channels: 4, background: { r: 220, g: 0, b: 40, alpha: 0.5 } } },
  } as const
  return sharp(png)
    .composite(
      cells
        .slice(0, 2_000)
        .map(cell => ({ ...square, left: (cell % wide) * cellPx, top: Math.floor(cell / wide) * cellPx })),
    )
    .png()
    .toBuffer()
}

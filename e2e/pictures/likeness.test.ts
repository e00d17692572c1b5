import sharp, { type OverlayOptions } from 'sharp'
import { describe, expect, it } from 'vitest'
import { compare } from './likeness.ts'

const size = { width: 390, height: 400 }

const box = (left: number, top: number, width: number, height: number, background: string): OverlayOptions => ({
  input: { create: { width, height, channels: 3, background } },
  left,
  top,
})

/** A page of grey lines with one green button. */
function page({ from = 100, button = '#0e7c6b', extra = [] as OverlayOptions[], height = size.height } = {}) {
  const lines = Array.from({ length: 8 }, (_, line) => box(20, from + line * 30, 300, 9, '#565b65'))
  return sharp({ create: { ...size, height, channels: 3, background: '#faf9f7' } })
    .composite([...lines, box(20, 40, 100, 40, button), ...extra])
    .png()
    .toBuffer()
}

describe('the likeness of two pictures', () => {
  it('is perfect for the same picture, with fewer colours too', async () => {
    const known = await page()
    const few = await sharp(known).png({ palette: true, colours: 16 }).toBuffer()
    expect(await compare(few, known)).toMatchObject({ unlike: 0, trouble: null })
  })

  it('does not mind letters that are smoothed in another way', async () => {
    const known = await page()
    const softer = await sharp(known).blur(0.4).png().toBuffer()
    expect((await compare(known, softer)).unlike).toBe(0)
  })

  it.each([
    ['a button of another colour', { button: '#2a57b8' }],
    ['lines that stand 4 pixels lower', { from: 104 }],
    ['something of 24 by 24 pixels that was not there', { extra: [box(340, 16, 24, 24, '#b02c31')] }],
  ])('sees %s', async (_, change) => {
    expect((await compare(await page(), await page(change))).unlike).toBeGreaterThan(6)
  })

  it('says when a page has become longer', async () => {
    const { trouble } = await compare(await page(), await page({ height: 420 }))
    expect(trouble).toBe('It is 390 by 420 pixels, and was 390 by 400.')
  })
})

import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'

/** Before the page is measured: a phone, as the server imagines it. */
const firstHeight = 900
/** So far beyond both edges rows are in the page, so that a quick finger finds them there. */
const ahead = 640
/** The page looks again only after so many pixels: most scroll events change nothing. */
const step = 160

/** Where each row begins, and at the end where the list ends. */
export function topsOf(heights: Iterable<number>): number[] {
  let end = 0
  const tops = [end]
  for (const height of heights) {
    end += height
    tops.push(end)
  }
  return tops
}

/** The row at a distance from the top of the list. */
export function rowAt(tops: readonly number[], y: number): number {
  let low = 0
  let high = Math.max(0, tops.length - 2)
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((tops[middle] ?? 0) <= y) low = middle
    else high = middle - 1
  }
  return low
}

type InSight = {
  /** The first row to draw, and the first no more to draw. */
  from: number
  to: number
  /** Scrolls just so far that the row is in sight. */
  show(row: number): void
}

/**
 * Which rows of a long list are worth drawing. The list is told how high its rows are instead of measuring each of them,
 * so ten thousand rows cost as little as ten.
 */
export function useInSight(scroller: RefObject<HTMLElement | null>, tops: readonly number[]): InSight {
  const [top, setTop] = useState(0)
  const [height, setHeight] = useState(firstHeight)

  const look = useCallback(() => {
    const element = scroller.current
    // A list that is hidden beside an open call has no height; it comes back as it was.
    if (!element || element.clientHeight === 0) return
    setTop(Math.floor(element.scrollTop / step) * step)
    setHeight(element.clientHeight)
  }, [scroller])

  useEffect(() => {
    const element = scroller.current
    if (!element) return
    const observer = new ResizeObserver(look)
    observer.observe(element)
    element.addEventListener('scroll', look, { passive: true })
    return () => {
      observer.disconnect()
      element.removeEventListener('scroll', look)
    }
  }, [scroller, look])

  const show = useCallback(
    (row: number) => {
      const element = scroller.current
      const [begin, end] = [tops[row], tops[row + 1]]
      if (!element || begin === undefined || end === undefined) return
      if (begin < element.scrollTop) element.scrollTop = begin
      else if (end > element.scrollTop + element.clientHeight) element.scrollTop = end - element.clientHeight
      else return
      look()
    },
    [scroller, tops, look],
  )

  const rows = tops.length - 1
  return {
    from: rowAt(tops, top - ahead),
    to: Math.min(rows, rowAt(tops, top + step + height + ahead) + 1),
    show,
  }
}

/** What one reads stays where it is when rows come or go above it; at the very top, news push down what is there. */
export function useKeptPlace(
  scroller: RefObject<HTMLElement | null>,
  keys: readonly string[],
  tops: readonly number[],
) {
  const before = useRef({ keys, tops })
  useLayoutEffect(() => {
    const last = before.current
    before.current = { keys, tops }
    const element = scroller.current
    // To ask where the list stands costs a layout: not for more calls below, of which a long way down there are many.
    if (!element || last.keys === keys || isBeginningOf(last.keys, keys) || element.scrollTop < 1) return
    const row = rowAt(last.tops, element.scrollTop)
    // What was in sight may itself be gone: then the next one below that is still there.
    for (let index = row; index < Math.min(row + 20, last.keys.length); index++) {
      const now = keys.indexOf(last.keys[index] ?? '')
      if (now < 0) continue
      const moved = (tops[now] ?? 0) - (last.tops[index] ?? 0)
      if (moved !== 0) element.scrollTop += moved
      return
    }
  }, [scroller, keys, tops])
}

/** Whether a list only grew at its end. */
const isBeginningOf = (before: readonly string[], now: readonly string[]) =>
  before.length <= now.length && before.every((key, index) => key === now[index])

/** How high one kind of row is: the reader's fonts and text size decide it. The ref goes to any row of that kind. */
export function useHeight(guess: number): [number, (row: HTMLElement | null) => (() => void) | undefined] {
  const [height, setHeight] = useState(guess)
  const measure = useCallback((row: HTMLElement | null) => {
    if (!row) return
    const observer = new ResizeObserver(([entry]) => {
      const now = entry?.borderBoxSize[0]?.blockSize
      if (now) setHeight(now)
    })
    observer.observe(row)
    return () => observer.disconnect()
  }, [])
  return [height, measure]
}

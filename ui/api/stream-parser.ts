export type Heard = { id: string | undefined; event: string | undefined; data: string }

/**
 * Reads `text/event-stream` as it arrives, in pieces of any size. Written out because every page that listens downloads
 * it; the test holds it to eventsource-parser, which is five times its size.
 */
export function createStreamParser(onEvent: (heard: Heard) => void): (piece: string) => void {
  let rest = ''
  let isBegun = false
  let id: string | undefined
  let event: string | undefined
  let data: string[] = []

  function read(line: string) {
    if (line === '') {
      if (data.length > 0) onEvent({ id, event, data: data.join('\n') })
      id = event = undefined
      data = []
      return
    }
    const colon = line.indexOf(':')
    const name = colon < 0 ? line : line.slice(0, colon)
    const value = colon < 0 ? '' : line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1)
    if (name === 'data') data.push(value)
    else if (name === 'event') event = value || undefined
    else if (name === 'id' && !value.includes('\0')) id = value
  }

  return piece => {
    rest += piece
    if (!isBegun && rest) {
      isBegun = true
      if (rest.startsWith('\uFEFF')) rest = rest.slice(1)
    }
    // A carriage return at the very end may be half of a line's end.
    const lines = rest.split(/\r\n|\n|\r(?!$)/)
    rest = lines.pop() ?? ''
    for (const line of lines) read(line)
  }
}

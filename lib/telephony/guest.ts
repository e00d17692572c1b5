import type { Guest } from '#lib/voice/ports.ts'
import { type BrowserEnd, openBrowserSound } from './browser-sound.ts'

/** An open microphone sends all the time, silence too: without a frame for so long the page is gone, whatever its socket says. */
const silentMs = 8_000

/** The owner at a browser, with a leg of their own in the media thread. Rejects when that cannot be opened. */
export async function openGuest({ socket, media, clock }: BrowserEnd): Promise<Guest> {
  const listeners: ((how: 'left' | 'lost') => void)[] = []
  let gone: 'left' | 'lost' | null = null
  let heardAtMs = clock.now()
  let stopWatching = () => {}

  const sound = openBrowserSound({
    socket,
    media,
    hears: false,
    onSound() {
      heardAtMs = clock.now()
    },
    listener(message) {
      if (message.type === 'closed' && !message.isExpected) leave('lost', message.reason)
    },
  })
  socket.onClose = isDeliberate => leave(isDeliberate ? 'left' : 'lost', 'closed')

  function leave(how: 'left' | 'lost', reason: string): Promise<void> {
    if (gone === null) {
      gone = how
      stopWatching()
      for (const listener of listeners.splice(0)) listener(how)
    }
    return sound.close(reason)
  }

  function watch(): void {
    stopWatching = clock.after(silentMs / 4, () => {
      if (clock.now() - heardAtMs > silentMs) void leave('lost', 'Your microphone was silent for too long.')
      else watch()
    })
  }

  watch()
  try {
    await sound.open()
  } catch (error) {
    await leave('lost', 'The line could not be opened.')
    throw error
  }
  return {
    leg: sound.handle.leg,
    onGone(listener) {
      if (gone) listener(gone)
      else listeners.push(listener)
    },
    hangUp: reason => leave('left', reason),
  }
}

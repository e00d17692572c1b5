import type SQLite from 'better-sqlite3'

const everyMs = 100

type Watchers = { watch(listener: () => void): () => void; tell(): void; close(): void }

/**
 * Who wants to know of commits. Those of this process are told by the writer; those of other connections show in
 * SQLite's data version, which is asked ten times a second while anybody listens and costs two microseconds.
 */
export function createWatchers(sqlite: SQLite.Database): Watchers {
  const listeners = new Set<() => void>()
  const version = sqlite.prepare('PRAGMA data_version').pluck()
  let timer: NodeJS.Timeout | undefined
  let last: unknown

  const tell = () => {
    for (const listener of listeners) listener()
  }
  function look() {
    const now = version.get()
    if (now === last) return
    last = now
    tell()
  }
  function stop() {
    clearInterval(timer)
    timer = undefined
  }
  return {
    tell,
    watch(listener) {
      listeners.add(listener)
      if (!timer) {
        last = version.get()
        timer = setInterval(look, everyMs)
        timer.unref()
      }
      return () => {
        listeners.delete(listener)
        if (listeners.size === 0) stop()
      }
    },
    close() {
      listeners.clear()
      stop()
    },
  }
}

/** What a person must read when the start fails: one sentence, what is wrong and what to do. Null: it is a fault of ours. */
export function startSentence(error: unknown, { port, dataDir }: { port: number; dataDir: string }): string | null {
  const { code, path, message } = error as NodeJS.ErrnoException
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port} is in use: stop the other program, or set SERVICE_PORT to a free port.`
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return 'SERVICE_HOST is no address of this machine: 0.0.0.0 listens on all of them.'
    case 'EACCES':
      if (message?.includes('listen')) return `Port ${port} is not allowed for this user: choose one above 1023.`
      return unwritable(path ?? dataDir)
    case 'EPERM':
    case 'EROFS':
    case 'ENOTDIR':
    case 'EEXIST':
    case 'SQLITE_CANTOPEN':
    case 'SQLITE_READONLY':
    case 'SQLITE_READONLY_DIRECTORY':
      return unwritable(path ?? dataDir)
    case 'ENOENT':
      // Anything else that is missing is no fault of the folder.
      return path && dataDir.startsWith(path) ? unwritable(path) : null
    case 'ENOSPC':
    case 'SQLITE_FULL':
      return `There is no space left on the disk of ${dataDir}.`
    case 'SQLITE_NOTADB':
    case 'SQLITE_CORRUPT':
      return `The database in ${dataDir} is damaged: restore a backup with npm run restore.`
    case 'KEY_DAMAGED':
      return message
    case 'ECONNREFUSED':
      return 'The database of DATABASE_URL does not answer.'
    case '28P01':
    case '28000':
      return 'The database of DATABASE_URL refuses the user or the password.'
    case '3D000':
      return 'The database that DATABASE_URL names does not exist.'
    default:
      return null
  }
}

function unwritable(path: string): string {
  return `The data folder cannot be written: ${path}. Set DATA_DIR to a folder that this user may write.`
}

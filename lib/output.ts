/**
 * A terminal that was closed or a log reader that died (`npm start | head`) is no reason to fail. Unheard, each failed
 * write would become an uncaught error, whose report is the next failed write, for ever.
 */
export function outliveReaders(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
}

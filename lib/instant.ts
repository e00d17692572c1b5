/** The one text format of instants in the database, so that they sort: `2026-02-04T12:00:00.000+00:00`. */
export function toInstant(at: Date | number): string {
  return new Date(at).toISOString().replace('Z', '+00:00')
}

/** Now, as text. Pass a clock's value instead wherever a test must decide the time. */
export function now(): string {
  return toInstant(Date.now())
}

import { Column, is } from 'drizzle-orm'
import type { Orm } from './open.ts'

type Preparable<T> = PromiseLike<T> & { prepare(name?: string): unknown }
type Prepared<T> = { execute(values?: Record<string, unknown>): PromiseLike<T> }
type Values = Record<string, unknown> | undefined
type Execute<T> = (values?: Values) => PromiseLike<T>

const preparedOf = new WeakMap<Orm, Map<string, Execute<unknown>>>()

/**
 * A query that is built once for each connection and then only given its values (`sql.placeholder`): for paths that are
 * walked often. `name` is unique in the service; PostgreSQL keeps the statement under it.
 */
export function prepared<T>(orm: Orm, name: string, build: (orm: Orm) => Preparable<T>): Execute<T> {
  let known = preparedOf.get(orm)
  if (!known) {
    known = new Map()
    preparedOf.set(orm, known)
  }
  let execute = known.get(name) as Execute<T> | undefined
  if (!execute) {
    execute = toExecute(build(orm), name)
    known.set(name, execute)
  }
  return execute
}

function toExecute<T>(query: Preparable<T>, name: string): Execute<T> {
  const made = query.prepare(name) as Prepared<T> & { values(values?: Values): unknown }
  const columns = flatColumns(query)
  const isSync = 'mode' in made && made.mode === 'sync'
  if (!columns || !isSync) return values => made.execute(values)
  const toRow = rowMaker(columns)
  return values => new Rows<T>(() => (made.values(values) as unknown[][]).map(toRow) as T)
}

/** What a SQLite query gives at once, for `await` and for a unit of writing. */
class Rows<T> implements PromiseLike<T> {
  readonly sync: () => T
  constructor(read: () => T) {
    this.sync = read
  }
  // biome-ignore lint/suspicious/noThenProperty: drizzle's queries are awaited the same way
  then<A = T, B = never>(
    onRows?: ((rows: T) => A | PromiseLike<A>) | null,
    onError?: ((error: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return new Promise<T>(resolve => resolve(this.sync())).then(onRows, onError)
  }
}

type Decode = ((value: unknown) => unknown) | null
type FlatColumn = { key: string; decode: Decode }

/** The columns of a select without nested objects, or null. */
function flatColumns(query: object): FlatColumn[] | null {
  const fields = (query as { _?: { selectedFields?: Record<string, unknown> } })._?.selectedFields
  if (!fields) return null
  const columns: FlatColumn[] = []
  for (const [key, field] of Object.entries(fields)) {
    if (is(field, Column)) columns.push({ key, decode: decoderOf(field) })
    else return null
  }
  return columns.length > 0 ? columns : null
}

/** Null when the driver's value is the value: text, whole and real numbers. */
function decoderOf(column: Column): Decode {
  const isPlain = column.mapFromDriverValue === Column.prototype.mapFromDriverValue
  return isPlain ? null : value => column.mapFromDriverValue(value)
}

/** drizzle finds the way into each object anew for every value; for flat rows it is known beforehand. */
function rowMaker(columns: FlatColumn[]): (values: unknown[]) => Record<string, unknown> {
  return values => {
    const row: Record<string, unknown> = {}
    for (let i = 0; i < columns.length; i++) {
      const { key, decode } = columns[i]!
      const value = values[i]
      row[key] = decode === null || value === null ? value : decode(value)
    }
    return row
  }
}

import type SQLite from 'better-sqlite3'
import { Column, is, Param, Placeholder, type Query } from 'drizzle-orm'
import type { Orm } from './open.ts'

type Preparable<T> = PromiseLike<T> & { prepare(name?: string): unknown }
type Prepared<T> = { execute(values?: Values): PromiseLike<T>; getQuery(): Query }
type Values = Record<string, unknown>
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
    const query = build(orm)
    const made = query.prepare(name) as Prepared<T>
    const client = (orm as { $client?: SQLite.Database }).$client
    execute = (client && 'prepare' in client && directly(client, query, made)) || (values => made.execute(values))
    known.set(name, execute)
  }
  return execute
}

/**
 * drizzle looks up for every value of every run what kind of thing it is and where it belongs. For flat rows that is
 * known beforehand: the statement then runs with a plain list of values. Null for queries that are not flat.
 */
function directly<T>(client: SQLite.Database, query: object, made: Prepared<T>): Execute<T> | null {
  const { sql, params } = made.getQuery()
  const slots = params.map(toSlot)
  const fill = (values: Values = {}) => slots.map(slot => slot(values))
  const insert = withoutReturningId(query, sql)
  if (insert !== null) {
    const statement = client.prepare(insert)
    return values =>
      new Rows<T>(() => {
        const { changes, lastInsertRowid } = statement.run(...fill(values))
        return (changes === 0 ? [] : [{ id: Number(lastInsertRowid) }]) as T
      })
  }
  const statement = client.prepare(sql)
  if (!statement.reader) return values => new Rows<T>(() => statement.run(...fill(values)) as T)
  const columns = flatColumns(query)
  if (!columns) return null
  const toRow = rowMaker(columns)
  // `raw` each time: the same statement may also be run by drizzle itself.
  return values => new Rows<T>(() => (statement.raw(true).all(...fill(values)) as unknown[][]).map(toRow) as T)
}

/**
 * The same insert of one row without `returning "id"`, which SQLite tells anyway: with it, every page that the row touches
 * is copied first, which costs as much as the insert. Null for everything else.
 */
function withoutReturningId(query: object, sql: string): string | null {
  const [only, ...others] = (query as Shape).config?.returning ?? []
  const { autoIncrement } = (only?.field ?? {}) as { autoIncrement?: boolean }
  const [, insert] = /^(insert into .+) returning "id"$/s.exec(sql) ?? []
  if (!autoIncrement || others.length > 0 || insert === undefined) return null
  return insert.includes(' do update ') || insert.includes('), (') ? null : insert
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

/** How one parameter of the statement is made from the values that are given by name. */
function toSlot(param: unknown): (values: Values) => unknown {
  if (is(param, Placeholder)) return named(param.name, null)
  if (is(param, Param) && is(param.value, Placeholder)) {
    const { encoder } = param
    const isPlain = is(encoder, Column) && encoder.mapToDriverValue === Column.prototype.mapToDriverValue
    return named(param.value.name, isPlain ? null : value => encoder.mapToDriverValue(value))
  }
  return () => param
}

function named(name: string, encode: ((value: unknown) => unknown) | null): (values: Values) => unknown {
  return values => {
    const value = values[name]
    if (value === undefined) throw new Error(`The query needs a value for ${name}.`)
    return value === null || encode === null ? value : encode(value)
  }
}

type FlatColumn = { key: string; decode: ((value: unknown) => unknown) | null }

/** The columns of a select or of `returning`, without nested objects; null for anything else. */
function flatColumns(query: object): FlatColumn[] | null {
  const { _: meta, config } = query as Shape
  const fields = meta?.selectedFields ?? fieldsOf(config?.returning)
  const entries = Object.entries(fields ?? {})
  if (entries.length === 0 || !entries.every(([, field]) => is(field, Column))) return null
  return entries.map(([key, field]) => ({ key, decode: decoderOf(field as Column) }))
}

type Shape = {
  _?: { selectedFields?: Record<string, unknown> }
  config?: { returning?: { path: string[]; field: unknown }[] }
}

function fieldsOf(returning: { path: string[]; field: unknown }[] | undefined): Record<string, unknown> | null {
  if (!Array.isArray(returning) || returning.some(({ path }) => path.length !== 1)) return null
  return Object.fromEntries(returning.map(({ path, field }) => [path[0]!, field]))
}

/** Null when the driver's value is the value: text, whole and real numbers. */
function decoderOf(column: Column): FlatColumn['decode'] {
  const isPlain = column.mapFromDriverValue === Column.prototype.mapFromDriverValue
  return isPlain ? null : value => column.mapFromDriverValue(value)
}

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

import * as pg from 'drizzle-orm/pg-core'
import * as sqlite from 'drizzle-orm/sqlite-core'

/** The column kit of one dialect. Instants, JSON and flags are text and integers in both, so that one query serves both. */
export const sqliteKit = {
  table: sqlite.sqliteTable,
  id: () => sqlite.integer('id').primaryKey({ autoIncrement: true }),
  int: (name: string) => sqlite.integer(name),
  real: (name: string) => sqlite.real(name),
  text: (name: string) => sqlite.text(name),
  json: <T>(name: string) => sqlite.text(name, { mode: 'json' }).$type<T>(),
  index: sqlite.index,
  unique: sqlite.uniqueIndex,
}

export type Kit = typeof sqliteKit

const jsonText = <T>(name: string) =>
  pg.customType<{ data: T; driverData: string }>({
    dataType: () => 'text',
    // A placeholder brings null as it is; it must not become the text "null".
    toDriver: value => (value === null ? value : JSON.stringify(value)) as string,
    fromDriver: value => JSON.parse(value) as T,
  })(name)

/** Typed as the SQLite kit: the builders share every method that the schema and the repositories use. */
export const pgKit = {
  table: pg.pgTable,
  id: () => pg.bigint('id', { mode: 'number' }).primaryKey().generatedByDefaultAsIdentity(),
  int: (name: string) => pg.bigint(name, { mode: 'number' }),
  real: (name: string) => pg.doublePrecision(name),
  text: (name: string) => pg.text(name),
  json: jsonText,
  index: pg.index,
  unique: pg.uniqueIndex,
} as unknown as Kit

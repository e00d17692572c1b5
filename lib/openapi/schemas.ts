import { z } from 'zod'
import * as calls from '#lib/calls/contract.ts'

/** A JSON Schema (2020-12), as OpenAPI 3.1 takes it. */
export type Schema = { [key: string]: unknown }

/** Shapes that many answers share, by the name they have in the documentation. */
const shared = {
  Call: calls.CallDto,
  CallDetail: calls.CallDetailDto,
  CallList: calls.CallListDto,
  CallEvent: calls.CallEventDto,
  Decision: calls.DecisionDto,
  Recording: calls.RecordingDto,
  Rung: calls.RungDto,
  Turn: calls.TurnDto,
  Stats: calls.StatsDto,
}

/** Turns contracts into schemas; what is shared is collected under `components`. */
export function schemaWriter(): { write(schema: z.ZodType, side: 'input' | 'output'): Schema; components: Schema } {
  const metadata = z.registry<{ id: string }>()
  for (const [id, schema] of Object.entries(shared)) metadata.add(schema, { id })
  const components: Schema = {}
  return {
    components,
    write(schema, side) {
      const json = z.toJSONSchema(schema, { io: side, metadata, unrepresentable: 'any', reused: 'inline' }) as Schema
      const { $defs = {}, $schema: _, ...rest } = json
      for (const [name, definition] of Object.entries($defs as Record<string, Schema>)) {
        components[name] = pointToComponents(withoutId(definition))
      }
      const name = typeof rest.id === 'string' && rest.id in shared ? rest.id : null
      if (!name) return pointToComponents(rest)
      components[name] = pointToComponents(withoutId(rest))
      return { $ref: `#/components/schemas/${name}` }
    },
  }
}

const withoutId = ({ id: _, ...rest }: Schema): Schema => rest

function pointToComponents(schema: Schema): Schema {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/$defs/', '"#/components/schemas/'))
}

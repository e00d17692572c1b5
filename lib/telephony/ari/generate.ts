import { globSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'

/**
 * Writes ari.generated.ts from Asterisk's own description of its interface:
 *   node lib/telephony/ari/generate.ts /usr/share/asterisk/rest-api
 */
type Property = { type: string; required?: boolean; allowableValues?: { values?: string[] } }
type Model = { id: string; properties?: Record<string, Property>; subTypes?: string[] }
type Parameter = {
  name: string
  paramType: 'path' | 'query' | 'body'
  required?: boolean
  allowMultiple?: boolean
  dataType: string
  allowableValues?: { valueType: string; values?: string[] }
}
type Operation = { httpMethod: string; responseClass: string; parameters?: Parameter[]; upgrade?: string }
type Description = {
  apis: { path: string; operations: Operation[] }[]
  models?: Record<string, Model>
}

const scalars: Record<string, string> = {
  string: 'string',
  int: 'number',
  long: 'number',
  double: 'number',
  float: 'number',
  boolean: 'boolean',
  Date: 'string',
  object: 'Record<string, unknown>',
  containers: 'Record<string, unknown>',
  binary: 'ArrayBuffer',
  void: 'undefined',
}

function typeOf(name: string): string {
  const list = /^(?:List|Array)\[(.+)\]$/.exec(name)
  if (list) return `${typeOf(list[1]!)}[]`
  return scalars[name] ?? name
}

const words = (values: string[]) => values.map(value => `'${value}'`).join(' | ')

function propertyType(property: Property): string {
  const values = property.allowableValues?.values
  return values && property.type === 'string' ? words(values) : typeOf(property.type)
}

/** The text of ari.generated.ts for the descriptions in `folder`. */
export function generate(folder: string): string {
  const models = new Map<string, Model>()
  const operations: string[] = []
  for (const file of globSync(join(folder, '*.json')).sort()) {
    if (basename(file) === 'resources.json') continue
    const description = JSON.parse(readFileSync(file, 'utf8')) as Description
    for (const [name, model] of Object.entries(description.models ?? {})) models.set(name, model)
    for (const { path, operations: all } of description.apis) {
      for (const operation of all) {
        if (operation.upgrade) continue
        operations.push(operationType(path, operation))
      }
    }
  }
  return [
    "// Generated from Asterisk's rest-api/*.json by generate.ts. Do not edit.",
    ...[...models.values()].sort((a, b) => a.id.localeCompare(b.id)).map(model => modelType(model, models)),
    'export type Operations = {',
    ...operations.sort(),
    '}',
    eventsOf(models),
    '',
  ].join('\n')
}

function modelType(model: Model, models: Map<string, Model>): string {
  const lines = Object.entries(model.properties ?? {}).map(
    ([name, property]) => `  ${name}${property.required ? '' : '?'}: ${propertyType(property)}`,
  )
  if (isEvent(model.id, models)) {
    lines.unshift(`  type: '${model.id}'`, '  application: string', '  timestamp?: string', '  asterisk_id?: string')
  }
  return `export type ${model.id} = {\n${lines.join('\n')}\n}`
}

function operationType(path: string, { httpMethod, responseClass, parameters = [] }: Operation): string {
  const fields = parameters.map(parameter => {
    const values = parameter.allowableValues?.valueType === 'LIST' ? parameter.allowableValues.values : undefined
    const one = values
      ? words(values)
      : parameter.paramType === 'body'
        ? 'Record<string, unknown>'
        : typeOf(parameter.dataType)
    return `${parameter.name}${parameter.required ? '' : '?'}: ${parameter.allowMultiple ? `${one.includes('|') ? `(${one})` : one}[] | ${one}` : one}`
  })
  return `  '${httpMethod} ${path}': { parameters: { ${fields.join('; ')} }; result: ${typeOf(responseClass)} }`
}

function leaves(name: string, models: Map<string, Model>): string[] {
  const model = models.get(name)
  return model?.subTypes?.length ? model.subTypes.flatMap(sub => leaves(sub, models)) : [name]
}

function isEvent(name: string, models: Map<string, Model>): boolean {
  return leaves('Event', models).includes(name)
}

function eventsOf(models: Map<string, Model>): string {
  return `export type AriEvent =\n${leaves('Event', models)
    .map(name => `  | ${name}`)
    .join('\n')}`
}

if (process.argv[1] === import.meta.filename) {
  const folder = process.argv[2] ?? '/usr/share/asterisk/rest-api'
  writeFileSync(join(import.meta.dirname, 'ari.generated.ts'), generate(folder))
}

import { globSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { optionsOf } from '#lib/http/index.ts'
import { catalogue, docsPage, openApiDocument } from '#lib/openapi/index.ts'

const root = join(import.meta.dirname, '..')
const files = globSync('app/**/route.ts', { cwd: root }).filter(file => !file.includes('[...'))

const routes = await Promise.all(
  files.sort().map(async file => ({
    path: `/${file
      .split('/')
      .slice(1, -1)
      .filter(part => !part.startsWith('('))
      .join('/')}`,
    file: (await import(join(root, file))) as Record<string, unknown>,
  })),
)
const methods = routes.flatMap(({ path, file }) =>
  ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].flatMap(method =>
    file[method] ? [{ name: `${method} ${path}`, options: optionsOf(file[method]) }] : [],
  ),
)
const shape = (schema: z.ZodType | undefined) =>
  schema && z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })

describe('the documentation', () => {
  test('has every method of every route file, and nothing else', () => {
    expect(catalogue.map(({ method, path }) => `${method} ${path}`).sort()).toEqual(
      methods.map(({ name }) => name).sort(),
    )
  })

  test.each(methods)('says of $name what the route asks for', ({ name, options }) => {
    const entry = catalogue.find(({ method, path }) => `${method} ${path}` === name)
    expect(entry?.access).toBe(options?.access)
    expect([...(entry?.scopes ?? [])].sort()).toEqual([...(options?.scopes ?? [])].sort())
    expect(entry?.errors ?? 'problem').toBe(options?.errors ?? 'problem')
    expect(shape(entry?.body)).toEqual(shape(options?.body))
    expect(shape(entry?.query)).toEqual(shape(options?.query))
  })

  test('is OpenAPI 3.1 whose references all lead somewhere and whose operations have names of their own', () => {
    const document = openApiDocument()
    expect(document.openapi).toBe('3.1.0')
    const text = JSON.stringify(document)
    for (const [, name] of text.matchAll(/"#\/components\/schemas\/(\w+)"/g)) {
      expect(document.components.schemas).toHaveProperty(name!)
    }
    expect(text).not.toContain('#/$defs/')
    const ids = Object.values(document.paths).flatMap(path => Object.values(path).map(({ operationId }) => operationId))
    expect(new Set(ids).size).toBe(ids.length)
  })

  test('is a page that needs nothing from elsewhere and runs nothing', async () => {
    const page = docsPage()
    const html = await page.text()
    expect(html).not.toMatch(/<script|https?:\/\/(?!localhost)|@import|url\(/i)
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
    for (const { path } of catalogue) expect(html).toContain(path.replace(/\[(\w+)\]/g, '{$1}'))
  })
})

import { createHash } from 'node:crypto'
import { once } from '../once.ts'
import { type Document, type Operation, openApiDocument } from './document.ts'
import type { Schema } from './schemas.ts'

const style = `
:root{color-scheme:light dark;--ink:#1b1d22;--soft:#5b6270;--line:#e3e6ec;--paper:#fff;--card:#f7f8fa;--accent:#2f6df6;--get:#0a7d54;--post:#2f6df6;--put:#8a5a00;--delete:#b3261e}
@media (prefers-color-scheme:dark){:root{--ink:#eceef2;--soft:#a2a9b8;--line:#2b2f38;--paper:#121418;--card:#1a1d23;--accent:#8fb1ff;--get:#5fd3a4;--post:#8fb1ff;--put:#e6b450;--delete:#ff8a80}}
*{box-sizing:border-box}body{margin:0;font:16px/1.55 system-ui,sans-serif;color:var(--ink);background:var(--paper)}
main{max-width:60rem;margin:0 auto;padding:2rem 1rem 4rem}h1{font-size:1.75rem;margin:0 0 .25rem}h2{margin:2.5rem 0 .75rem;font-size:1.25rem}
p{margin:.25rem 0 .75rem}.soft{color:var(--soft)}a{color:var(--accent)}nav{display:flex;flex-wrap:wrap;gap:.5rem 1rem;margin:1rem 0}
details{border:1px solid var(--line);border-radius:.75rem;margin:.5rem 0;background:var(--card)}summary{cursor:pointer;padding:.6rem .9rem;display:flex;flex-wrap:wrap;gap:.25rem .75rem;align-items:baseline;list-style:none;border-radius:.75rem}
summary::-webkit-details-marker{display:none}summary:focus-visible,a:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
details>div{padding:0 .9rem .9rem}code,pre{font:.875rem/1.5 ui-monospace,monospace}pre{overflow-x:auto;background:var(--paper);border:1px solid var(--line);border-radius:.5rem;padding:.75rem;margin:.25rem 0 .75rem}
.verb{font:700 .8rem ui-monospace,monospace;min-width:3.6rem}.get{color:var(--get)}.post{color:var(--post)}.put,.patch{color:var(--put)}.delete{color:var(--delete)}
h3{font-size:.9rem;margin:.75rem 0 .25rem}table{border-collapse:collapse;width:100%;font-size:.9rem}td,th{text-align:left;vertical-align:top;padding:.25rem .75rem .25rem 0;border-bottom:1px solid var(--line)}`

/** The API, readable: one page without scripts, fonts or anything from elsewhere. */
export function docsPage(): Response {
  const { html, policy } = once('openapi.page', () => ({
    html: toHtml(openApiDocument()),
    policy: `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  }))
  return new Response(html, {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': policy,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-cache',
    },
  })
}

type Listed = { method: string; path: string; operation: Operation }

function toHtml(document: Document): string {
  const all: Listed[] = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method, path, operation })),
  )
  const sections = document.tags.map(({ name }) => {
    const rows = all.filter(({ operation }) => operation.tags.includes(name))
    return `<section><h2 id="${anchor(name)}">${escapeHtml(name)}</h2>${rows.map(row => toDetails(row, document)).join('')}</section>`
  })
  const links = document.tags.map(({ name }) => `<a href="#${anchor(name)}">${escapeHtml(name)}</a>`).join('')
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${document.info.title} API</title><style>${style}</style></head><body><main>
<h1>${document.info.title} API</h1><p class="soft">Version ${document.info.version} · OpenAPI ${document.openapi} · <a href="openapi.json">openapi.json</a></p>
<p>${inline(document.info.description)}</p><nav aria-label="Sections">${links}</nav>
<pre>${escapeHtml(example)}</pre>
${sections.join('\n')}</main></body></html>`
}

const example = `curl -X POST http://localhost:8000/call/incoming \\
  -H "X-API-Key: aisk_..." -H "Content-Type: application/json" \\
  -d '{"call_id": "test_001", "caller_number": "+1234567890", "called_number": "100",
       "transcript": "Hi, it is Anna from the dentist. Please call me back."}'`

function toDetails({ method, path, operation }: Listed, document: Document): string {
  const { parameters = [], requestBody, responses } = operation
  const parts = [
    operation.description ? `<p>${inline(operation.description)}</p>` : '',
    `<p class="soft">${operation.security.length === 0 ? 'No sign-in needed.' : operation.security.some(way => Object.keys(way).length === 0) ? 'With or without sign-in.' : 'Sign-in needed.'}</p>`,
    parameters.length > 0
      ? `<h3>Parameters</h3><table><tbody>${parameters.map(toParameterRow).join('')}</tbody></table>`
      : '',
    ...Object.entries(requestBody?.content ?? {}).map(
      ([type, { schema }]) =>
        `<h3>Body <span class="soft">${type}</span></h3><pre>${shapeText(schema, document)}</pre>`,
    ),
    ...Object.entries(responses).flatMap(([status, { content }]) =>
      /^2/.test(status)
        ? Object.entries(content ?? {}).map(
            ([type, { schema }]) =>
              `<h3>Answer ${status} <span class="soft">${type}</span></h3><pre>${shapeText(schema, document)}</pre>`,
          )
        : [],
    ),
    `<h3>Failures</h3><p class="soft">${Object.entries(responses)
      .filter(([status]) => /^4/.test(status))
      .map(([status, { description }]) => `${status} ${escapeHtml(description)}`)
      .join(' ')}</p>`,
  ]
  return `<details id="${operation.operationId}"><summary><span class="verb ${method}">${method.toUpperCase()}</span><code>${escapeHtml(path)}</code><span class="soft">${escapeHtml(operation.summary)}</span></summary><div>${parts.join('')}</div></details>`
}

function toParameterRow({ name, in: where, required, schema }: NonNullable<Operation['parameters']>[number]): string {
  const kind = Array.isArray(schema.enum) ? schema.enum.join(' | ') : String(schema.type ?? 'text')
  return `<tr><th scope="row"><code>${escapeHtml(name)}</code></th><td>${where}${required ? ', needed' : ''}</td><td><code>${escapeHtml(kind)}</code></td></tr>`
}

/** A schema as the JSON it describes, with types where values would be. */
function shapeText(schema: Schema, document: Document): string {
  return escapeHtml(shapeOf(schema, document, '', 0))
}

function shapeOf(schema: Schema, document: Document, indent: string, depth: number): string {
  if (typeof schema.$ref === 'string') {
    const name = schema.$ref.split('/').at(-1)!
    const known = document.components.schemas[name] as Schema | undefined
    return known && depth < 4 ? shapeOf(known, document, indent, depth + 1) : name
  }
  if (Array.isArray(schema.enum)) return schema.enum.map(value => JSON.stringify(value)).join(' | ')
  if ('const' in schema) return JSON.stringify(schema.const)
  const choices = (schema.anyOf ?? schema.oneOf) as Schema[] | undefined
  if (choices) return choices.map(choice => shapeOf(choice, document, indent, depth + 1)).join(' | ')
  if (schema.type === 'array') return `[${shapeOf((schema.items ?? {}) as Schema, document, indent, depth + 1)}]`
  const properties = schema.properties as Record<string, Schema> | undefined
  if (!properties) return String(schema.type ?? 'any')
  const required = (schema.required ?? []) as string[]
  const inner = `${indent}  `
  const lines = Object.entries(properties).map(
    ([name, value]) =>
      `${inner}${name}${required.includes(name) ? '' : '?'}: ${shapeOf(value, document, inner, depth + 1)}`,
  )
  return `{\n${lines.join('\n')}\n${indent}}`
}

const anchor = (name: string) => name.toLowerCase().replaceAll(' ', '-')

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const escapeHtml = (text: string) => text.replace(/[&<>"']/g, character => escapes[character]!)

/** Words between backticks become code, an empty line a new paragraph. */
function inline(text: string): string {
  return escapeHtml(text)
    .replace(/`([^`]+)`/g, '<code>$1</code>')
    .replaceAll('\n\n', '</p><p>')
}

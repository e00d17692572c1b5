import { globSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { RouteFile } from '#lib/http/index.ts'

export type Match = { route: RouteFile; pattern: string; params: Record<string, string> }
export type RouteTable = {
  /** The route of a path (still percent-encoded, without its query), or null: then it is a page, or nothing. */
  match(path: string): Match | null
  /** `/call/[id]/status`, ... */
  patterns: string[]
}

/** Imports every route.ts below `root`/app, so that requests reach them without passing through Next. A route.tsx is Next's. */
export async function loadRoutes(root: string): Promise<RouteTable> {
  const files = globSync('app/**/route.ts', { cwd: root }).sort()
  const routes = await Promise.all(
    files
      .map(file => ({ file, pattern: patternOf(file) }))
      .map(async ({ file, pattern }) => ({
        pattern,
        route: (await import(pathToFileURL(join(root, file)).href)) as RouteFile,
      })),
  )
  return routeTable(routes)
}

/** `app/(web)/call/[id]/status/route.ts` answers `/call/[id]/status`: folders in brackets are not part of the path. */
export function patternOf(file: string): string {
  const parts = file.split(/[\\/]/).slice(1, -1)
  return `/${parts.filter(part => !/^\(.*\)$/.test(part)).join('/')}`
}

/** Exact paths are looked up; patterns are tried in order, the most specific first. */
export function routeTable(routes: { pattern: string; route: RouteFile }[]): RouteTable {
  const exact = new Map<string, Match>()
  const patterns: { route: RouteFile; pattern: string; parts: string[] }[] = []
  for (const { pattern, route } of routes) {
    if (pattern.includes('[')) patterns.push({ route, pattern, parts: pattern.split('/') })
    else exact.set(pattern, { route, pattern, params: {} })
  }
  patterns.sort((a, b) => rank(a.parts).localeCompare(rank(b.parts)))
  return {
    patterns: routes.map(({ pattern }) => pattern),
    match(path) {
      const found = exact.get(path)
      if (found) return found
      const segments = path.split('/')
      for (const { route, pattern, parts } of patterns) {
        const params = matchParts(parts, segments)
        if (params) return { route, pattern, params }
      }
      return null
    },
  }
}

/** Words before parameters before catch-alls, from left to right. */
function rank(parts: string[]): string {
  return parts.map(part => (part.startsWith('[...') ? '2' : part.startsWith('[') ? '1' : '0')).join('')
}

function matchParts(parts: string[], segments: string[]): Record<string, string> | null {
  const params: Record<string, string> = {}
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i]!
    const segment = segments[i]
    if (part.startsWith('[...')) {
      if (segment === undefined) return null
      const rest = decode(segments.slice(i).join('/'))
      if (rest === null) return null
      params[part.slice(4, -1)] = rest
      return params
    }
    if (part.startsWith('[')) {
      const value = segment ? decode(segment) : null
      if (value === null) return null
      params[part.slice(1, -1)] = value
    } else if (part !== segment) return null
  }
  return parts.length === segments.length ? params : null
}

function decode(segment: string): string | null {
  try {
    return decodeURIComponent(segment)
  } catch {
    return null
  }
}

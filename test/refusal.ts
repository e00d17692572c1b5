import { expect } from 'vitest'

/** Stands in everything that is sent wrongly: no answer may repeat it. */
export const marker = 'hunter2-Marker'

export type Reply = { status: number; text: string; type: string }

/** Sends one request to the service at `url`. */
export async function sendTo(
  url: string,
  method: string,
  path: string,
  body?: BodyInit,
  headers: Record<string, string> = {},
): Promise<Reply> {
  const init = { method, headers, ...(body === undefined ? {} : { body, duplex: 'half' }) } as RequestInit
  const response = await fetch(url + path, init)
  return { status: response.status, text: await response.text(), type: response.headers.get('content-type') ?? '' }
}

/** A 4xx, one sentence of JSON in `detail`, nothing of what was sent, nothing of the inside. */
export function expectRefusal({ status, text, type }: Reply, statuses?: number[]): void {
  expect(status, text).toBeGreaterThanOrEqual(400)
  expect(status, text).toBeLessThan(500)
  if (statuses) expect(statuses, text).toContain(status)
  expect(type).toMatch(/^application\/(problem\+)?json/)
  const { detail } = JSON.parse(text)
  expect(typeof detail).toBe('string')
  expect(detail.length).toBeGreaterThan(3)
  expect(detail.length).toBeLessThan(400)
  expect(detail).not.toContain('\n')
  expect(text).not.toContain(marker)
  expect(text).not.toMatch(/\.ts\b|node_modules|at [A-Z]\w+\.|Error:|SQLITE|SELECT /)
}

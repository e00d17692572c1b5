import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { asking } from '../../test/asking.ts'
import { type Step, walk } from './walk.ts'

const { web } = asking({ OLLAMA_HOST: 'http://127.0.0.1:9' })

async function collect(walking: AsyncIterable<Step>): Promise<Step[]> {
  const steps: Step[] = []
  for await (const step of walking) steps.push(step)
  return steps
}

test('the five steps of the guide succeed against a running server', async () => {
  const steps = await collect(walk(web().url))
  expect(steps.map(({ title, isRight }) => [title[0], isRight])).toEqual([
    ['1', true],
    ['2', true],
    ['3', true],
    ['4', true],
    ['5', true],
  ])
})

test('a server that refuses is shown with its own words, and the walk ends there', async () => {
  const server = createServer((_, response) => response.writeHead(429).end('{"detail":"Too many requests."}'))
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const steps = await collect(walk(`http://127.0.0.1:${(server.address() as AddressInfo).port}`))
  expect(steps).toHaveLength(1)
  expect(steps[0]).toMatchObject({ isRight: false, lines: [expect.stringContaining('Too many requests.')] })
  server.close()
})

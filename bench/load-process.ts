import { type Load, load } from './load.ts'

/** What run.ts asks for, as data: `{n}` in the body becomes the number of the request. */
export type LoadOrder = Omit<Load, 'request'> & { request: ReturnType<Load['request']> }

process.on('message', async (order: LoadOrder) => {
  const { request, ...rest } = order
  const run = `${Date.now().toString(36)}-${process.pid}`
  const measured = await load({
    ...rest,
    request: n => (request.body ? { ...request, body: request.body.replaceAll('{n}', `${run}-${n}`) } : request),
  })
  process.send!(measured)
})

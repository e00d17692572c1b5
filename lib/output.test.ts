import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, it } from 'vitest'

const program = `
  import { outliveReaders } from ${JSON.stringify(new URL('./output.ts', import.meta.url).href)}
  outliveReaders()
  process.on('uncaughtException', error => { console.error(error); process.exitCode = 1 })
  console.log('ready')
  process.stdin.once('data', () => {
    for (let i = 0; i < 10; i++) { console.log('nobody reads this'); console.error('nor this') }
    setImmediate(() => process.stdin.destroy())
  })
`

it('goes on when nobody reads its output any more', async () => {
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: 'pipe' })
  await once(child.stdout, 'data')
  child.stdout.destroy()
  child.stderr.destroy()
  child.stdin.write('go')
  const [code] = await once(child, 'exit')
  expect(code).toBe(0)
})

import { startRecogniser } from './index.ts'

/** `node e2e/recogniser/main.ts [port]`: ears for trying the service by hand without a pulled model. */
const recogniser = await startRecogniser({ port: Number(process.argv[2]) || 0 })
console.log(`STT_URL=${recogniser.url}`)
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void recogniser.close().then(() => process.exit(0)))
}

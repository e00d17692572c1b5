import { env } from '#lib/env.ts'
import { handler } from '#lib/http/index.ts'
import { openPreview } from '#lib/models/index.ts'
import { PreviewInput } from '#lib/voice/contract.ts'

export const POST = handler({ access: 'user', body: PreviewInput, limit: 'heavy' }, async ({ body }) => {
  const sound = await openPreview(env().agentSocket, body)
  return new Response(sound, { headers: { 'content-type': 'audio/wav', 'cache-control': 'no-store' } })
})

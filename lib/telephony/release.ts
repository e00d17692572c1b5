import { type Env, env } from '#lib/env.ts'
import { log } from '#lib/log.ts'
import type { Operations } from './ari/ari.generated.ts'
import { requestAri } from './ari/request.ts'
import { releaseHeld } from './presence.ts'

/**
 * For the web process, when the agent hangs with its socket open: Asterisk does not notice that by itself. Moves every
 * caller who waits for the assistant to the dialplan's fallback and leaves the calls that people have taken alone.
 */
export async function releaseCalls(
  settings: Pick<Env, 'ASTERISK_ARI_URL' | 'ASTERISK_USERNAME' | 'ASTERISK_PASSWORD' | 'ASTERISK_APP'> = env(),
): Promise<{ released: number; talking: number }> {
  const {
    ASTERISK_ARI_URL: url,
    ASTERISK_USERNAME: username,
    ASTERISK_PASSWORD: password,
    ASTERISK_APP: app,
  } = settings
  if (!password) return { released: 0, talking: 0 }
  const call = <Name extends keyof Operations>(operation: Name, parameters: Operations[Name]['parameters']) =>
    requestAri({ url, username, password, timeoutMs: 3_000 }, operation, parameters)
  const result = await releaseHeld({ call, app }, { isOurs: id => new RegExp(`^${app}-[0-9a-z]+-`).test(id) })
  if (result.released > 0) log.warn(result, 'callers were given to the dialplan because the agent does not answer')
  return result
}

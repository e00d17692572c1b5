import { CallScreen } from './call-screen.ts'
import { News } from './news.ts'
import { belongsToAnother, forgetOwnKeys, revokeOwnKeys } from './own-keys.ts'
import type { Person } from './session.ts'

/** Java forgets its keys and waiting reports. One that fails must not keep the other. */
async function stopJava() {
  await Promise.all([CallScreen.disconnect().catch(() => {}), News.stop().catch(() => {})])
}

/** What the phone does for its owner beyond the screens: calls that it reports, news that it hears. */
export const person: Person = {
  async arrives(username) {
    if (await belongsToAnother(username)) await forgetPerson()
  },
  async leaves(client) {
    await stopJava()
    await revokeOwnKeys(client)
  },
}

/** Without a server to revoke anything: it was changed, or the session of the last person is over. */
export async function forgetPerson(): Promise<void> {
  await stopJava()
  await forgetOwnKeys()
}

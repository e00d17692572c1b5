import { account } from './account.ts'
import { calls } from './calls.ts'
import { common } from './common.ts'
import { house } from './house.ts'
import { inbox } from './inbox.ts'
import { phone } from './phone.ts'
import { push } from './push.ts'
import { service } from './service.ts'

/** English, the language in which every text is written first. `{name}` stands for a value. */
export const en = { ...common, ...inbox, ...calls, ...house, ...account, ...service, ...phone, ...push } as const

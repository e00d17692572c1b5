import type { Catalogue } from '../catalogue.tsx'
import { account } from './account.ts'
import { calls } from './calls.ts'
import { common } from './common.ts'
import { house } from './house.ts'
import { inbox } from './inbox.ts'
import { phone } from './phone.ts'
import { push } from './push.ts'
import { service } from './service.ts'

export const de: Catalogue = { ...common, ...inbox, ...calls, ...house, ...account, ...service, ...phone, ...push }

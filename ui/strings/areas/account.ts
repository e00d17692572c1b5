import { addTexts } from '../catalogue.tsx'
import { account } from '../en/account.ts'

addTexts(account)

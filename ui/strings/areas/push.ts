import { addTexts } from '../catalogue.tsx'
import { push } from '../en/push.ts'

addTexts(push)

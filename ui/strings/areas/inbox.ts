import { addTexts } from '../catalogue.tsx'
import { inbox } from '../en/inbox.ts'

addTexts(inbox)

import { addTexts } from '../catalogue.tsx'
import { phone } from '../en/phone.ts'

addTexts(phone)

import { addTexts } from '../catalogue.tsx'
import { service } from '../en/service.ts'

addTexts(service)

import { addTexts } from '../catalogue.tsx'
import { house } from '../en/house.ts'

addTexts(house)

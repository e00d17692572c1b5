import { addTexts } from '../catalogue.tsx'
import { calls } from '../en/calls.ts'

addTexts(calls)

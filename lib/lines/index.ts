export type { Destination, Line, LineChange, NewLine } from './contract.ts'
export { defaultDestination, disclosures, greetings, guessCountry } from './defaults.ts'
export {
  addExternalDestination,
  changeLine,
  createDefaultLine,
  createLine,
  findLineForNumber,
  getLine,
  linesOf,
  listLines,
  removeLine,
} from './service.ts'

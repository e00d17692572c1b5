export { german, inGerman } from './contract.ts'

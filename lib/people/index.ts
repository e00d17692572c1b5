export { importBlockList, listBlockedNumbers, removeBlockedNumber, removeBlockList } from './block-lists.ts'
export type {
  BlockedNumber,
  ImportResult,
  NewPerson,
  PeoplePage,
  PeopleQuery,
  Person,
  PersonChange,
} from './contract.ts'
export {
  changePerson,
  createPerson,
  getPerson,
  hasPeopleOrBlockList,
  listPeople,
  recognise,
  removePerson,
} from './service.ts'
export { exportPeople, importPeople } from './transfer.ts'

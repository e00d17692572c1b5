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

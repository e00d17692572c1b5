import { isOpen } from '../local-time.ts'
import { hit, passed, type Rung } from './call.ts'

/** Trust buys ringing and nothing else. */
export const askPeople: Rung = ({ household, caller, at }) => {
  if (caller.isForged)
    return passed('people', "The call shows one of the house's own numbers, so the number is not trusted.")
  const { person } = caller
  if (!person)
    return passed('people', caller.isWithheld ? 'The number is withheld.' : 'The number belongs to nobody in People.')
  if (person.trust === 'blocked')
    return hit('people', `${person.name} is blocked in People.`, { action: 'block' }, person.id)
  if (person.trust === 'favourite') {
    return hit('people', `${person.name} is a favourite and rings through.`, { action: 'forward' }, person.id)
  }
  if (!isOpen(household.line, at)) return passed('people', `${person.name} is known, but the line is closed now.`)
  return hit('people', `${person.name} is known and the line is open.`, { action: 'forward' }, person.id)
}

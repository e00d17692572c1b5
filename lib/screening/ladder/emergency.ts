import { hit, passed, type Rung } from './call.ts'

const windowMs = 30 * 60_000

/** After an emergency call left the line, whoever calls back must reach a human: crews call from withheld and unknown numbers. */
export const askEmergency: Rung = ({ household, caller, at }) => {
  const since = household.emergencyAt === undefined ? Number.NaN : at - household.emergencyAt
  if (!(since >= 0 && since <= windowMs)) return passed('emergency', 'No emergency call has left this line lately.')
  if (caller.person?.trust === 'blocked') {
    return passed(
      'emergency',
      `${caller.person.name} is blocked in People, so the emergency call does not let them through.`,
    )
  }
  return hit('emergency', 'An emergency call left this line less than 30 minutes ago, so every caller rings through.', {
    action: 'forward',
  })
}

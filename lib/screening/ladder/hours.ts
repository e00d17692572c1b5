import { isOpen, localTime } from '../local-time.ts'
import { hit, passed, type Rung } from './call.ts'

/** Opening hours and holidays, in the line's own time zone. */
export const askHours: Rung = ({ household: { line }, at }) => {
  if (isOpen(line, at)) return passed('hours', 'The line is open.')
  const isHoliday = line.holidays.includes(localTime(at, line.timeZone).date)
  const why = isHoliday ? 'Today is a holiday of the line' : 'The line is closed now'
  if (line.closedAction === 'ask_question')
    return passed('hours', `${why}; callers are asked what it is about all the same.`)
  const then = line.closedAction === 'block' ? 'it takes no calls' : 'a message is taken'
  return hit('hours', `${why}: ${then}.`, { action: line.closedAction })
}

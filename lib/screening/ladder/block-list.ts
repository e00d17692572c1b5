import { hasPressed } from '../keys.ts'
import { isSameText, withheldQuestion } from '../questions.ts'
import { hit, passed, type Rung } from './call.ts'

/** Imported lists, and what the line does with callers who hide their number. */
export const askBlockList: Rung = ({ household, caller, turns }) => {
  if (caller.blockedBy) {
    const { list, prefix } = caller.blockedBy
    return hit('block_list', `The number is on the block list "${list}" (${prefix}).`, { action: 'block' })
  }
  if (!caller.isWithheld) return passed('block_list', 'The number is on no block list.')
  const { withheld, language } = household.line
  if (withheld === 'block')
    return hit('block_list', 'The line takes no calls with a withheld number.', { action: 'block' })
  if (withheld === 'voicemail') {
    return hit('block_list', 'Calls with a withheld number go to the mailbox.', { action: 'voicemail' })
  }
  if (withheld === 'press_one' && !hasPressed(turns, '1')) {
    const isAsked = turns.some(turn => turn.who === 'assistant' && isSameText(turn.text, withheldQuestion(language)))
    if (isAsked && turns.at(-1)?.who === 'caller') {
      return hit('block_list', 'The number is withheld and the caller did not press 1.', { action: 'voicemail' })
    }
    return hit('block_list', 'The number is withheld: the caller is asked to press 1 to go on.', {
      action: 'ask_question',
      question: withheldQuestion(language),
      expects: 'key_one',
    })
  }
  return passed('block_list', 'The number is withheld; the line lets such callers speak.')
}

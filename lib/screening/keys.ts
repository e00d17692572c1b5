import type { Turn } from './contract.ts'

const spoken: Record<string, RegExp> = {
  '1': /^\W*(1|one|press(ed)? one|eins|die eins)\W*$/i,
  '0': /^\W*(0|zero|null|die null)\W*$/i,
}

/** Whether the caller pressed this key, or said so: a key is a turn of its own. */
export function hasPressed(turns: readonly Turn[], key: '0' | '1'): boolean {
  return turns.some(turn => turn.who === 'caller' && spoken[key]!.test(turn.text.trim()))
}

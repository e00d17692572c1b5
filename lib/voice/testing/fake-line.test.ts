import { createFakeLine } from './fake-line.ts'
import { lineContract } from './line-contract.ts'
import { createVirtualClock } from './virtual-clock.ts'

lineContract('the fake', async () => {
  const clock = createVirtualClock()
  const line = createFakeLine(clock)
  return {
    line,
    pass: clock.advance,
    press: digit => void line.presses(digit),
    hangUp: line.hangsUp,
    recordingPath: '/nowhere/message.wav',
    async close() {},
  }
})

/**
 * `node --import` this, and the process lives in one moment, CLOCK_AT: what it writes and shows is the same on every run.
 * Timers still pass, and so do the monotonic clocks.
 */
const at = Date.parse(process.env.CLOCK_AT ?? '')
if (Number.isNaN(at)) throw new Error('CLOCK_AT is not an instant')

globalThis.Date = new Proxy(Date, {
  construct: (target, args, caller) => Reflect.construct(target, args.length > 0 ? args : [at], caller),
  apply: target => new target(at).toString(),
  get: (target, key, receiver) => (key === 'now' ? () => at : Reflect.get(target, key, receiver)),
})

import { expect, test } from 'vitest'
import { atTime, localTime } from './local-time.ts'

const zones = ['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Pacific/Auckland', 'Pacific/Pago_Pago']

test.each(zones)('another time of the same day is what the clock of %s shows', zone => {
  // Every five hours for a year and a bit, so that both changes of the clock are among them.
  for (let at = Date.UTC(2026, 0, 1); at < Date.UTC(2027, 1, 1); at += 5 * 3_600_000) {
    for (const [time, minute] of [
      ['00:00', 0],
      ['09:15', 555],
      ['22:00', 1320],
      ['23:59', 1439],
    ] as const) {
      expect(localTime(atTime(at, time, zone), zone)).toEqual({ ...localTime(at, zone), minute })
    }
  }
})

test('an hour that summer time skips is the one after it', () => {
  const shown = localTime(atTime(Date.UTC(2026, 2, 29, 12), '02:30', 'Europe/Berlin'), 'Europe/Berlin')
  expect(shown).toMatchObject({ date: '2026-03-29', minute: 3 * 60 + 30 })
})

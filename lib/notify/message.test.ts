import { describe, expect, it } from 'vitest'
import { NotificationPreferences } from './contract.ts'
import { isQuiet, minuteOfDay, type Notice, toPushMessage } from './message.ts'

const notice: Notice = {
  kind: 'incoming',
  call: 7,
  callId: 'pbx-7',
  callerNumber: '+49301234567',
  callerName: 'Anna',
  organisation: 'Dr. Keller Dental',
  reason: 'Move the appointment',
  language: 'en',
}
const preferences = NotificationPreferences.parse({})

describe('the text of a notification', () => {
  it('names the caller and offers to take the call', () => {
    expect(toPushMessage(notice, preferences)).toMatchObject({
      title: 'Anna, Dr. Keller Dental is calling',
      actions: ['take', 'voicemail'],
    })
  })
  it('keeps the reason at home unless its owner asked for it', () => {
    expect(JSON.stringify(toPushMessage(notice, preferences))).not.toContain('appointment')
    expect(toPushMessage(notice, { ...preferences, showsReason: true }).body).toBe('Move the appointment')
  })
  it('falls back to the number, and to words for a withheld one', () => {
    expect(toPushMessage({ ...notice, callerName: null, organisation: null }, preferences).title).toBe(
      '+49301234567 is calling',
    )
    expect(
      toPushMessage(
        { ...notice, callerName: null, organisation: null, callerNumber: 'anonymous', language: 'de' },
        preferences,
      ).title,
    ).toBe('Unterdrückte Nummer ruft an')
  })
  it('takes control characters out of a hostile name and keeps it short enough for a push', () => {
    const { title } = toPushMessage({ ...notice, callerName: `A\n\u0000${'x'.repeat(5000)}` }, preferences)
    expect(title).toMatch(/^A x+…$/)
    expect(title.length).toBe(120)
  })
})

describe('quiet hours', () => {
  it.each([
    [1320, 420, 1380, true],
    [1320, 420, 419, true],
    [1320, 420, 420, false],
    [1320, 420, 720, false],
    [540, 600, 540, true],
    [540, 600, 600, false],
    [600, 600, 600, false],
    [null, 600, 10, false],
  ])('from %s to %s at %s: %s', (from, to, minute, expected) => expect(isQuiet(minute, from, to)).toBe(expected))

  it('are read in the zone of their owner, on both sides of a change of the clock', () => {
    expect(minuteOfDay(new Date('2026-03-29T00:30:00Z'), 'Europe/Berlin')).toBe(90)
    expect(minuteOfDay(new Date('2026-03-29T01:30:00Z'), 'Europe/Berlin')).toBe(210)
    expect(minuteOfDay(new Date('2026-03-29T00:00:00Z'), 'Nowhere/Else')).toBe(0)
  })
})

import { describe, expect, it } from 'vitest'
import type { PushMessage } from '#lib/notify/contract.ts'
import { toNotification } from './notification.ts'

const incoming: PushMessage = {
  kind: 'incoming',
  title: 'Anna, dentist is calling',
  body: 'Open to see it.',
  call: 7,
  callId: 'pbx/7',
  actions: ['take', 'voicemail'],
}

describe('a notification', () => {
  it('of an incoming call stays until somebody acts, with both answers on it', () => {
    const { title, options } = toNotification(JSON.stringify(incoming), 'en-GB')
    expect(title).toBe('Anna, dentist is calling')
    expect(options).toMatchObject({ requireInteraction: true, tag: 'call-7', data: { path: '/live', callId: 'pbx/7' } })
    expect(options.actions).toEqual([
      { action: 'take', title: 'Take' },
      { action: 'voicemail', title: 'Voicemail' },
    ])
  })
  it('of a message opens that call, whatever its id is made of', () => {
    const { options } = toNotification(JSON.stringify({ ...incoming, kind: 'message', actions: [] }), 'de')
    expect(options.data).toMatchObject({ path: '/inbox/pbx%2F7' })
  })
  it.each([undefined, '', 'null', '[]', '{"title":1}', '<html>'])('is shown even when the payload is %s', payload => {
    expect(toNotification(payload, 'en').title).toBe('AI Call Service')
  })
})

import type { PushMessage } from '#lib/notify/contract.ts'

const words = {
  en: { take: 'Take', voicemail: 'Voicemail', fallback: 'AI Call Service', body: 'Open to see what is new.' },
  de: { take: 'Annehmen', voicemail: 'Mailbox', fallback: 'AI Call Service', body: 'Öffnen, um Neues zu sehen.' },
}

export type Shown = { title: string; options: NotificationOptions & { actions: { action: string; title: string }[] } }

/**
 * What the device shows for a push. A payload that cannot be read still shows something: browsers withdraw the
 * permission from a worker that stays silent.
 */
export function toNotification(payload: string | undefined, language: string): Shown {
  const w = language.startsWith('de') ? words.de : words.en
  const message = parse(payload)
  if (!message) return { title: w.fallback, options: { body: w.body, data: { path: '/inbox' }, actions: [] } }
  const isIncoming = message.kind === 'incoming'
  return {
    title: message.title,
    options: {
      body: message.body,
      // A later notice of the same call replaces the earlier one.
      tag: message.callId === null ? 'test' : `call-${message.call}`,
      icon: '/icons/icon-192.png',
      badge: '/icons/badge-96.png',
      requireInteraction: isIncoming,
      data: {
        path: isIncoming ? '/live' : message.callId === null ? '/inbox' : callPath(message.callId),
        callId: message.callId,
      },
      actions: message.actions.map(action => ({ action, title: w[action] })),
    },
  }
}

/** Where the call's own page is. */
function callPath(callId: string): string {
  return `/inbox/${encodeURIComponent(callId)}`
}

function parse(payload: string | undefined): PushMessage | null {
  try {
    const message = JSON.parse(payload ?? '') as PushMessage
    return typeof message?.title === 'string' && Array.isArray(message.actions) ? message : null
  } catch {
    return null
  }
}

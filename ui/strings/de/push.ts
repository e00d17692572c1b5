import type { push as english } from '../en/push.ts'

export const push: Record<keyof typeof english, string> = {
  'push.title': 'Auf diesem Gerät',
  'push.on': 'Hier Benachrichtigungen zeigen',
  'push.on_hint':
    'Sie laufen verschlüsselt über den Push-Dienst deines Browser-Herstellers, der erfährt, wann etwas gesendet wurde, aber nicht was.',
  'push.denied': 'Dieser Browser verbietet Benachrichtigungen für diese Seite. Erlaube sie in seinen Einstellungen.',
  'push.insecure':
    'Benachrichtigungen brauchen eine sichere Adresse (https). Sie gehen, sobald dein Server ein Zertifikat hat:',
  'push.recipe':
    'Stelle nginx mit einem Zertifikat vor den Dienst, wie README und ops/nginx.conf es zeigen, und öffne die https-Adresse.',
  'push.unsupported':
    'Dieser Browser kennt keine Push-Benachrichtigungen. Füge die Seite auf einem iPhone zuerst zum Home-Bildschirm hinzu.',
  'push.test': 'Test senden',
  'push.test_done': 'An {delivered} von {sent} Geräten gesendet.',
  'push.devices': 'Deine Geräte',
  'push.since': 'seit {date}',
  'push.remove': '{device} vergessen',
  'push.unknown': 'Ein Gerät',
  'app_link.title': 'Android-App verbinden',
  'app_link.hint': 'Öffne die App und richte die Kamera des Telefons auf diesen Code, oder tippe die Adresse ein.',
  'app_link.alt': 'QR-Code, der die App mit {server} verbindet',
  'app_link.address': 'Adresse dieses Servers',
  'app_link.loopback':
    'Diese Adresse gilt nur auf diesem Rechner. Öffne das Dashboard unter seinem Namen oder seiner Adresse im Netz und scanne dann.',
}

/** Notifications on this device, and the installed dashboard. */
export const push = {
  'push.title': 'On this device',
  'push.on': 'Show notifications here',
  'push.on_hint':
    'They travel encrypted through the push service of your browser’s maker, which learns when something was sent, but not what.',
  'push.denied': 'This browser forbids notifications for this page. Allow them in its settings.',
  'push.insecure': 'Notifications need a secure address (https). They work once your server has a certificate:',
  'push.recipe':
    'Put nginx with a certificate in front of the service, as README and ops/nginx.conf show, and open the https address.',
  'push.unsupported':
    'This browser has no push notifications. On an iPhone, add the dashboard to the home screen first.',
  'push.test': 'Send a test',
  'push.test_done': 'Sent to {delivered} of {sent} devices.',
  'push.devices': 'Your devices',
  'push.since': 'since {date}',
  'push.remove': 'Forget {device}',
  'push.unknown': 'A device',
  'app_link.title': 'Connect the Android app',
  'app_link.hint': 'Open the app and point the phone’s camera at this code, or type the address.',
  'app_link.alt': 'QR code that connects the app to {server}',
  'app_link.address': 'Address of this server',
  'app_link.loopback':
    'This address works on this machine only. Open the dashboard by the machine’s name or address in your network, then scan.',
} as const

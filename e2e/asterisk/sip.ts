import { randomUUID } from 'node:crypto'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'

/** A telephone without manners: it sends the INVITE byte by byte as given, from the provider's address. */
export type RawCall = {
  /** The number in the From header. */
  number: string
  /** The display name, between its quotes. */
  name: string
}

const host = '127.0.0.2'

/**
 * Rings `called` and tells every status that came back, in order, until the call is refused, answered or `forMs` are over; an
 * answered call is ended again, a ringing one cancelled. Nothing at all is an answer too.
 */
export async function inviteRaw(port: number, called: string, { number, name }: RawCall, forMs = 8_000) {
  const socket = createSocket('udp4')
  socket.bind(0, host)
  await once(socket, 'listening')
  const here = `${host}:${socket.address().port}`
  const callId = randomUUID()
  const branch = `z9hG4bK${randomUUID()}`
  const from = `"${name}" <sip:${number}@${host}>;tag=${callId.slice(0, 8)}`
  const offer = `v=0\r\no=- 1 1 IN IP4 ${host}\r\ns=-\r\nc=IN IP4 ${host}\r\nt=0 0\r\nm=audio 9 RTP/AVP 8\r\na=rtpmap:8 PCMA/8000\r\n`
  const send = (method: string, { to = '', sequence = 1, own = branch, body = '' } = {}) => {
    const lines = [
      `${method} sip:${called}@127.0.0.1:${port} SIP/2.0`,
      `Via: SIP/2.0/UDP ${here};branch=${own};rport`,
      'Max-Forwards: 70',
      `From: ${from}`,
      `To: ${to || `<sip:${called}@127.0.0.1:${port}>`}`,
      `Call-ID: ${callId}`,
      `CSeq: ${sequence} ${method}`,
      `Contact: <sip:rude@${here}>`,
      ...(body ? ['Content-Type: application/sdp'] : []),
      `Content-Length: ${Buffer.byteLength(body)}`,
    ]
    socket.send(Buffer.from(`${lines.join('\r\n')}\r\n\r\n${body}`), port, '127.0.0.1')
  }
  const statuses: number[] = []
  const over = Promise.withResolvers<void>()
  socket.on('message', packet => {
    const text = packet.toString()
    const status = Number(/^SIP\/2\.0 (\d{3})/.exec(text)?.[1])
    const method = /^CSeq: *\d+ +(\w+)/im.exec(text)?.[1]
    const to = /^(?:To|t): *(.*)$/im.exec(text)?.[1]?.trim() ?? ''
    if (!status || method !== 'INVITE') return
    statuses.push(status)
    if (status < 200) return
    if (status < 300) {
      send('ACK', { to, own: `z9hG4bK${randomUUID()}` })
      send('BYE', { to, sequence: 2, own: `z9hG4bK${randomUUID()}` })
    } else {
      send('ACK', { to })
    }
    setTimeout(over.resolve, 200)
  })
  const late = setTimeout(() => {
    send('CANCEL')
    setTimeout(over.resolve, 500)
  }, forMs)
  send('INVITE', { body: offer })
  await over.promise
  clearTimeout(late)
  await new Promise<void>(resolve => socket.close(() => resolve()))
  return statuses
}

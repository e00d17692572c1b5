import { randomBytes } from 'node:crypto'
import { createSocket } from 'node:dgram'

/** Asks a SIP server whether it is there (OPTIONS over UDP). Any answer will do; the status line is what comes back, null when none. */
export function askSip(host: string, port: number, timeoutMs = 2_000): Promise<string | null> {
  return new Promise(resolve => {
    const socket = createSocket('udp4')
    const token = randomBytes(8).toString('hex')
    const done = (answer: string | null) => {
      clearTimeout(timer)
      clearInterval(again)
      socket.close()
      resolve(answer)
    }
    const timer = setTimeout(() => done(null), timeoutMs)
    let again: NodeJS.Timeout | undefined
    socket.on('error', () => done(null))
    socket.on('message', data => done(String(data).split('\r\n', 1)[0] ?? ''))
    socket.bind(0, () => {
      const own = socket.address().port
      const message = [
        `OPTIONS sip:${host}:${port} SIP/2.0`,
        `Via: SIP/2.0/UDP 0.0.0.0:${own};rport;branch=z9hG4bK${token}`,
        'Max-Forwards: 70',
        `From: <sip:doctor@0.0.0.0>;tag=${token}`,
        `To: <sip:${host}:${port}>`,
        `Call-ID: ${token}`,
        'CSeq: 1 OPTIONS',
        `Contact: <sip:doctor@0.0.0.0:${own}>`,
        'Content-Length: 0',
        '',
        '',
      ].join('\r\n')
      const send = () => socket.send(message, port, host)
      send()
      again = setInterval(send, 500)
    })
  })
}

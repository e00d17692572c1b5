import { createDecipheriv, createECDH, createPublicKey, hkdfSync, randomBytes, verify } from 'node:crypto'

const salted = (secret: Buffer, salt: Buffer, info: Buffer, length: number) =>
  Buffer.from(hkdfSync('sha256', secret, salt, info, length))

/** A browser's half of Web Push: the keys that it gives away, and what it does with a message (RFC 8291, RFC 8188). */
export function createReceiver() {
  const ecdh = createECDH('prime256v1')
  const publicKey = ecdh.generateKeys()
  const auth = randomBytes(16)
  return {
    keys: { p256dh: publicKey.toString('base64url'), auth: auth.toString('base64url') },
    /** Opens an aes128gcm body of one record. Throws when it was not made for these keys. */
    decrypt(body: Buffer): string {
      const salt = body.subarray(0, 16)
      const idLength = body[20]!
      const sender = body.subarray(21, 21 + idLength)
      const sealed = body.subarray(21 + idLength)
      const shared = ecdh.computeSecret(sender)
      const info = Buffer.concat([Buffer.from('WebPush: info\0'), publicKey, sender])
      const input = salted(shared, auth, info, 32)
      const key = salted(input, salt, Buffer.from('Content-Encoding: aes128gcm\0'), 16)
      const nonce = salted(input, salt, Buffer.from('Content-Encoding: nonce\0'), 12)
      const decipher = createDecipheriv('aes-128-gcm', key, nonce)
      decipher.setAuthTag(sealed.subarray(-16))
      const text = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()])
      return text.subarray(0, text.lastIndexOf(2)).toString('utf8')
    },
  }
}

/** Checks a VAPID header (RFC 8292): signed by `publicKey`, for this audience, not expired. Returns its claims. */
export function readVapid(header: string, publicKey: string): { aud: string; sub: string; exp: number } {
  const [, token, key] = /^vapid t=([^,]+), ?k=(\S+)$/.exec(header) ?? []
  if (!token || key !== publicKey) throw new Error('not signed with the service’s key')
  const [head, claims, signature] = token.split('.') as [string, string, string]
  const raw = Buffer.from(publicKey, 'base64url')
  const jwk = {
    kty: 'EC',
    crv: 'P-256',
    x: raw.subarray(1, 33).toString('base64url'),
    y: raw.subarray(33).toString('base64url'),
  }
  const isSigned = verify(
    'sha256',
    Buffer.from(`${head}.${claims}`),
    { key: createPublicKey({ key: jwk, format: 'jwk' }), dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  )
  if (!isSigned) throw new Error('the signature does not fit')
  return JSON.parse(Buffer.from(claims, 'base64url').toString()) as { aud: string; sub: string; exp: number }
}

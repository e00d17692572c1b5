import { STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'

/** Answers on a raw socket, where no response object exists (malformed requests, refused upgrades), and closes it. */
export function refuse(socket: Duplex, status: number, sentence: string): void {
  if (socket.destroyed || !socket.writable) {
    socket.destroy()
    return
  }
  const body = JSON.stringify({ detail: sentence })
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nContent-Type: application/json\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  )
  // A client that never reads must not keep the socket.
  setTimeout(() => socket.destroy(), 1_000).unref()
}

/** The answer to a request that node's parser gave up on. */
export function refuseMalformed(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === 'ECONNRESET' || error.code === 'EPIPE') socket.destroy()
  else if (error.code === 'HPE_HEADER_OVERFLOW') refuse(socket, 431, 'The headers of the request are too large.')
  else if (error.code === 'ERR_HTTP_REQUEST_TIMEOUT') refuse(socket, 408, 'The request took too long to arrive.')
  else refuse(socket, 400, 'The request is not valid HTTP.')
}

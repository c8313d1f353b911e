import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { errorCodes } from '@azora/contracts/errors.ts'

/**
 * The methods that anything here answers to. Whatever else HTTP knows, and what it does not know, is refused at every
 * door: TRACE would show a page the headers that its scripts may not read, CONNECT would make us a proxy.
 */
export const knownMethods: ReadonlySet<string> = new Set([
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'OPTIONS',
])

export const allowedMethods = [...knownMethods].join(', ')

const { status, message } = errorCodes.method_not_allowed
const body = JSON.stringify({ code: 'method_not_allowed', status, message })

const headers = {
  Allow: allowedMethods,
  'Cache-Control': 'no-store',
  'Content-Type': 'application/json; charset=utf-8',
  'Content-Length': String(Buffer.byteLength(body)),
}

/** Answer 405 to a method that nothing here knows; false when it is known. */
export function refuseUnknownMethod(req: IncomingMessage, res: ServerResponse): boolean {
  if (knownMethods.has(req.method ?? '')) return false
  res.writeHead(status, headers).end(body)
  return true
}

/** The same on a bare connection, which then ends: Node.js makes no answer for CONNECT, nor for a word it never heard. */
export function refuseOnSocket(socket: Duplex, more: Record<string, string>): void {
  const lines = Object.entries({ ...headers, ...more, Connection: 'close' }).map(
    ([name, value]) => `${name}: ${value}`,
  )
  socket.end(`HTTP/1.1 ${status} Method Not Allowed\r\n${lines.join('\r\n')}\r\n\r\n${body}`)
}

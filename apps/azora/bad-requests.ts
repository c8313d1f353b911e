import { type IncomingMessage, METHODS, type Server, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { refuseOnSocket } from '@azora/kit/methods.ts'

/**
 * Requests that Node.js hands to nobody: CONNECT, which it drops without an answer, and what its parser refuses. They
 * are answered as Node.js would by itself, but for a method that it never heard of, which is a 405 like any other that
 * nothing here knows.
 */

const answers: Record<string, string> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  HPE_CHUNK_EXTENSIONS_OVERFLOW: '413 Payload Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
}

type ParserFault = Error & { code?: string; rawPacket?: Buffer }

/** Whether what came begins a request in form, with a method that the parser does not know. */
function isUnknownMethod({ code, rawPacket }: ParserFault): boolean {
  if (code !== 'HPE_INVALID_METHOD' || !rawPacket) return false
  const start = rawPacket.subarray(0, 200).toString('latin1')
  const method = /^([!#$%&'*+.^_`|~\w-]{1,100}) [\x21-\x7e]/.exec(start)?.[1]
  return method !== undefined && !METHODS.includes(method)
}

/** @returns takes each request as it arrives. */
export function answerBadRequests(
  server: Server,
  headers: Record<string, string>,
): (req: IncomingMessage, res: ServerResponse) => void {
  const answering = new WeakMap<Duplex, ServerResponse>()
  server.on('connect', (_req: IncomingMessage, socket: Duplex) => {
    socket.on('error', () => {})
    refuseOnSocket(socket, headers)
  })
  server.on('clientError', (fault: ParserFault, socket: Duplex) => {
    const current = answering.get(socket)
    // In the midst of another answer a second one would be taken for a part of it.
    const begun = current?.headersSent && !current.writableFinished
    if (!socket.writable || begun || fault.code === 'ECONNRESET') return void socket.destroy()
    if (isUnknownMethod(fault)) return refuseOnSocket(socket, headers)
    socket.end(`HTTP/1.1 ${answers[fault.code ?? ''] ?? '400 Bad Request'}\r\nConnection: close\r\n\r\n`)
  })
  return (req, res) => void answering.set(req.socket, res)
}

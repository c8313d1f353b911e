import type { Logger } from '@azora/kit/log.ts'
import { masked } from '@azora/kit/log.ts'
import type { Request, Response } from 'express'
import type { Visit } from './access-log.ts'

/**
 * What was asked and answered, for anyone who hunts a fault with the log level `debug`: query, headers, and JSON
 * bodies of up to 4 KB, with secrets, tokens and addresses of people masked. A body that is longer, or no JSON, is
 * told by its length alone, because what cannot be read cannot be masked.
 */

const mostBytes = 4096

// Session ids, keys and links that sign someone in travel under names that the log's own list need not know.
const secretName =
  /code|state|ticket|signature|challenge|credential|assertion|nonce|otp|response|^key$|^sid$/i
const apiKey = /azora_[0-9a-f]{32}_[\w-]{43}/g

/** A copy of a JSON value fit for a log. */
function maskBody(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return masked(value.replace(apiKey, '[key]'))
  if (typeof value !== 'object' || value === null || depth > 8) return depth > 8 ? '[deep]' : value
  if (Array.isArray(value)) return value.slice(0, 50).map(item => maskBody(item, depth + 1))
  const hidden = Object.entries(value).map(([name, item]) => [
    name,
    secretName.test(name) && name !== 'code' ? '[masked]' : codeOrBody(name, item, depth),
  ])
  return masked(Object.fromEntries(hidden))
}

// An error's code is what a hunt begins with; a code that someone typed is digits.
function codeOrBody(name: string, item: unknown, depth: number): unknown {
  if (name !== 'code') return maskBody(item, depth + 1)
  return typeof item === 'string' && /^[a-z_]+$/.test(item) ? item : '[masked]'
}

function readable(chunks: Buffer[], size: number, type: unknown): unknown {
  if (size === 0) return undefined
  const told = `[${size} bytes]`
  if (size > mostBytes || !/\bjson\b/.test(String(type))) return told
  try {
    return maskBody(JSON.parse(Buffer.concat(chunks).toString()))
  } catch {
    return told
  }
}

function gather() {
  const chunks: Buffer[] = []
  let size = 0
  return {
    take(chunk: unknown) {
      if (typeof chunk !== 'string' && !(chunk instanceof Uint8Array)) return
      const bytes = Buffer.from(chunk)
      size += bytes.length
      if (size <= mostBytes) chunks.push(bytes)
    },
    read: (type: unknown) => readable(chunks, size, type),
  }
}

/** Logs each request once its answer has left. Called after whatever wraps the response, so that it sees plain text. */
export function createRequestLog(log: Logger) {
  return (req: Request, res: Response, visit: Visit): void => {
    const asked = gather()
    const answered = gather()
    const emit = req.emit
    // Listening for data would set it flowing before its reader is there; the events are watched in passing.
    req.emit = ((name: string, ...values: unknown[]) => {
      if (name === 'data') asked.take(values[0])
      return (emit as (...all: unknown[]) => boolean).call(req, name, ...values)
    }) as typeof req.emit
    const { write, end } = res
    res.write = ((chunk: unknown, ...rest: unknown[]) => {
      answered.take(chunk)
      return (write as (...all: unknown[]) => boolean).call(res, chunk, ...rest)
    }) as typeof res.write
    res.end = ((chunk: unknown, ...rest: unknown[]) => {
      answered.take(chunk)
      return (end as (...all: unknown[]) => Response).call(res, chunk, ...rest)
    }) as typeof res.end
    // Headers are changed on the way to the service.
    const headers = maskBody({ ...req.headers })
    const query = maskBody(Object.fromEntries(new URL(req.originalUrl, 'http://_').searchParams))
    res.once('close', () => {
      log.debug('Request and answer', {
        method: req.method,
        path: visit.path,
        query,
        headers,
        body: asked.read(req.headers['content-type']),
        status: res.statusCode,
        answerHeaders: maskBody({ ...res.getHeaders() }),
        answer: answered.read(res.getHeader('content-type')),
      })
    })
  }
}

import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { fieldReasons } from '@azora/contracts/errors.ts'
import { leaveProcess } from '@azora/kit/context.ts'
import { AddressRefused, createGuardedLookup, faultsOfUrl, type Resolve } from './public-address.ts'

/** What came of calling a webhook. */
export type CallResult = {
  /** Null when no answer came. */
  status: number | null
  /** The first 4 KB of it. */
  responseBody: string | null
  error: string | null
  /** As the answer asks for by `Retry-After`. */
  retryAfterSeconds: number | null
}

export type CallOptions = { timeoutMs: number; resolve: Resolve; toPrivate: boolean }

const mostBytes = 4096

/**
 * Post a body once, to a public address alone unless said otherwise; follow no redirect, read a little of the answer.
 * @throws nothing but a bug: every failure of the other side is told in the result.
 */
export async function call(
  url: string,
  headers: Record<string, string>,
  body: string,
  { timeoutMs, resolve, toPrivate }: CallOptions,
  stopping: AbortSignal,
): Promise<CallResult> {
  await leaveProcess('A call to a webhook')
  const failed = (error: string): CallResult => ({
    status: null,
    responseBody: null,
    error,
    retryAfterSeconds: null,
  })
  // An address written as numbers is not looked up, so it is looked at here.
  const faults = faultsOfUrl(url, toPrivate)
  if (faults.length > 0) return failed(faults.map(fault => fieldReasons[fault]).join(' '))
  const target = new URL(url)
  const timeout = AbortSignal.timeout(timeoutMs)
  const send = target.protocol === 'https:' ? requestHttps : requestHttp
  return new Promise(done => {
    const req = send(target, {
      method: 'POST',
      headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) },
      agent: false, // each attempt connects anew, so that each address is looked at
      lookup: createGuardedLookup(resolve, toPrivate) as never,
      signal: AbortSignal.any([timeout, stopping]),
    })
    let answered: (() => void) | null = null
    req.on('error', failure => {
      // The status has come: an answer that breaks off after it is an answer.
      if (answered) answered()
      else done(failed(timeout.aborted ? noAnswer(timeoutMs) : sentenceOf(failure)))
    })
    req.on('response', res => {
      const status = res.statusCode ?? 0
      const pieces: Buffer[] = []
      let size = 0
      const finish = () => {
        done({
          status,
          // PostgreSQL stores no U+0000.
          responseBody: Buffer.concat(pieces)
            .subarray(0, mostBytes)
            .toString('utf8')
            .replaceAll('\0', '\ufffd'),
          error: status >= 300 && status < 400 ? 'Redirects are not followed.' : null,
          retryAfterSeconds: readRetryAfter(res.headers['retry-after']),
        })
        req.destroy()
      }
      res.on('data', (piece: Buffer) => {
        pieces.push(piece)
        size += piece.length
        if (size >= mostBytes) finish()
      })
      answered = finish
      res.on('end', finish).on('error', finish)
    })
    req.end(body)
  })
}

const noAnswer = (timeoutMs: number) => `No answer came within ${timeoutMs / 1000} seconds.`

const sentences: Record<string, string> = {
  ECONNREFUSED: 'Nothing listens at this address.',
  ECONNRESET: 'The connection was cut.',
  ENOTFOUND: 'The name is not known.',
  ENODATA: 'The name has no address.',
}

function sentenceOf(failure: Error & { code?: string }): string {
  if (failure instanceof AddressRefused) return failure.message
  const code = failure.code ?? ''
  return sentences[code] ?? `The connection failed${/^[A-Z_]{2,60}$/.test(code) ? ` (${code})` : ''}.`
}

/** Seconds or a date (RFC 9110, 10.2.3); null for anything else. */
export function readRetryAfter(text: string | undefined, now = Date.now()): number | null {
  if (text === undefined) return null
  if (/^\d{1,9}$/.test(text.trim())) return Number(text)
  const at = /[a-z]/i.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(at) ? null : Math.max(0, Math.ceil((at - now) / 1000))
}

import { answerFailure } from '@azora/kit/answer-failure.ts'
import { errorBody } from '@azora/kit/errors.ts'
import type { Logger } from '@azora/kit/log.ts'
import type { Request, Response } from 'express'

/** Text made safe to stand in HTML. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`)
}

const wantsPage = (req: Request) =>
  !req.originalUrl.startsWith('/api') && (req.headers.accept ?? '').includes('text/html')

/** Answer a failure: JSON to programs, a plain page to a person whose browser asked for one. */
export function answerProblem(req: Request, res: Response, failure: unknown, log: Logger): void {
  if (res.headersSent || !wantsPage(req)) {
    answerFailure(req, res, failure, log)
    return
  }
  const body = errorBody(failure)
  if (body.status >= 500) log.error('A page failed', { path: req.path, failure })
  if (body.data?.retryAfterSeconds) res.setHeader('Retry-After', String(body.data.retryAfterSeconds))
  res.setHeader('Cache-Control', 'no-store')
  res
    .status(body.status)
    .type('html')
    .send(`<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Azora</title>
<style>body{font:1.1rem/1.6 system-ui,sans-serif;max-width:34rem;margin:20vh auto;padding:0 1.5rem}</style>
<h1>${body.status >= 500 ? 'Not available right now' : 'Something went wrong'}</h1>
<p>${escapeHtml(body.message)}</p>
<p><a href="/">Go to the start page</a></p>
<p><small>Reference: ${escapeHtml(body.data?.correlationId ?? '')}</small></p>
</html>`)
}

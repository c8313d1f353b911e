import { recordAudit } from '@azora/kit/audit.ts'
import type { Database } from '@azora/kit/db.ts'
import type { Sealing } from '@azora/kit/sealing.ts'
import { type CallOptions, type CallResult, call } from '../webhooks/call.ts'
import { signedHeaders } from '../webhooks/signature.ts'
import { noteArrival, noteFailure } from '../webhooks/webhooks.store.ts'
import { sealContext } from '../webhooks/webhooks.ts'
import { pauseAfter } from './back-off.ts'
import { type Claimed, failWaiting, finishAttempt, releaseClaim } from './claims.store.ts'

export const testEvent = 'webhook.test'

// Three days, in which an outage over a weekend is noticed.
const patienceHours = 72

/** Send a claimed delivery once and write down what came of it. @returns the seconds until it is due again, if it is. */
export async function attempt(
  { db, sealing, calls }: { db: Database; sealing: Sealing; calls: CallOptions },
  claimed: Claimed,
  stopping: AbortSignal,
): Promise<number | null> {
  const { body, eventId, webhookId } = claimed
  const secrets = [claimed.secret, claimed.previousSecret].filter(secret => secret !== null)
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'Azora-Webhooks/1',
    ...signedHeaders(
      secrets.map(secret => sealing.open(secret, sealContext(webhookId))),
      { id: eventId, timestamp: Math.floor(Date.now() / 1000), body },
    ),
  }
  const started = performance.now()
  const result = await call(claimed.url, headers, body, calls, stopping)
  const durationMs = Math.round(performance.now() - started)
  const school = db.in(claimed.organizationId)
  if (stopping.aborted && result.status === null) {
    await releaseClaim(school, claimed)
    return null
  }
  return school.transaction(async tx => {
    const arrived = result.status !== null && result.status >= 200 && result.status < 300
    const isTest = claimed.event === testEvent
    const pause = arrived || isTest ? null : pauseAfter(claimed.attempts, result.retryAfterSeconds)
    let ended = pause === null
    // The webhook's row first, as everywhere, so that two attempts never wait for each other.
    if (arrived) await noteArrival(tx, webhookId)
    else if (!isTest) {
      const noted = await noteFailure(tx, { id: webhookId, patienceHours, gone: result.status === 410 })
      if (noted?.justDisabled) {
        ended = true
        await failWaiting(tx, webhookId, 'The webhook was disabled.')
        await recordAudit(tx, 'integrations', 'system', {
          action: 'webhook.disabled',
          subject: { kind: 'webhook', id: webhookId, name: noted.description },
          details: { reason: result.status === 410 ? 'gone' : 'failing' },
        })
      }
    }
    await finishAttempt(tx, claimed, {
      status: arrived ? 'delivered' : ended ? 'failed' : 'waiting',
      nextInSeconds: ended ? null : pause,
      requestHeaders: headers,
      ...written(result),
      durationMs,
    })
    return ended ? null : pause
  })
}

const written = ({ status, responseBody, error }: CallResult) => ({
  responseStatus: status,
  responseBody,
  error,
})

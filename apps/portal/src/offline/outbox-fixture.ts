import 'fake-indexeddb/auto'
import { afterEach, beforeEach } from 'node:test'
import { ApiError } from '@azora/web/calls/failures.ts'
import { databaseName } from '@azora/web/offline/caches.ts'
import { deleteDB } from 'idb'
import type { call } from '../lib/api.browser.ts'
import { put, rowsThatAre } from './outbox.ts'
import { createSender } from './send-waiting.ts'

/** For tests of what lies in the outbox. */

export const lessonId = '019ab000-0000-7000-8000-000000000001'
export const submissionId = '019ab000-0000-7000-8000-000000000002'
export const progress = (positionPercent: number, completed = false) =>
  put({ kind: 'progress', progress: { lessonId, positionPercent, positionSeconds: 0, completed } })
export const answer = (questionId: string, ...chosen: string[]) =>
  put({ kind: 'answer', submissionId, questionId, chosen })
export const flag = (questionId: string, flagged: boolean) =>
  put({ kind: 'flag', submissionId, questionId, flagged })
export const rate = (questionId: string, level: number) =>
  put({ kind: 'confidence', submissionId, questionId, level })
export const submit = () => put({ kind: 'submit', submissionId })

type Sent = [operation: string, input: Record<string, unknown>]

/** A tab: what it sends goes to `server`, and into `sent`. */
export function tab(server: (...sent: Sent) => unknown = () => ({})) {
  const sent: Sent[] = []
  const sender = createSender((async (operation: string, input: Record<string, unknown>) => {
    sent.push([operation, input])
    return server(operation, input)
  }) as unknown as typeof call)
  return { sent, ...sender }
}

export const refusing =
  (
    code:
      | 'attempt_closed'
      | 'attempt_on_break'
      | 'question_left'
      | 'not_found'
      | 'invalid_input'
      | 'internal',
    status: number,
  ) =>
  () => {
    throw new ApiError({ code, status, message: `Refused: ${code}.` })
  }
export const waiting = async () => (await rowsThatAre('waiting')).map(row => row.key)

export const page = new EventTarget()

/** What a page has of a browser, and a database of its own for each test. */
export function onAPage(): void {
  beforeEach(() => {
    Object.assign(globalThis, {
      document: { querySelector: () => ({ textContent: 'Bits' }), title: 'Bits' },
      location: { pathname: '/learn/computers/bits' },
      dispatchEvent: (event: Event) => page.dispatchEvent(event),
      addEventListener: page.addEventListener.bind(page),
      removeEventListener: page.removeEventListener.bind(page),
    })
  })
  afterEach(() => deleteDB(databaseName))
}

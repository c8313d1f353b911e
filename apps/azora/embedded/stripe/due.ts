import type { Logger } from '@azora/kit/log.ts'
import { expireSession } from './checkout-sessions.ts'
import { endDispute, openDispute } from './disputes.ts'
import { finishRefund } from './refunds.ts'
import type { Store } from './store.ts'
import type { Work } from './work.ts'

/** What happens by itself, when its time has come. */
const tasks: Record<string, (work: Work, id: string) => void> = {
  open_dispute: openDispute,
  expire_session: expireSession,
  end_dispute: endDispute,
  finish_refund: finishRefund,
}

/** Each in a transaction of its own. One that fails is left out, so that it holds up nothing. */
export function runDue(store: Store, pagesUrl: string, now: number, log: Logger): void {
  for (let due = store.nextDue(now); due !== null; due = store.nextDue(now)) {
    const { task, id } = due
    try {
      store.transaction(() => {
        store.endDue(task, id)
        tasks[task]?.({ store, now, pagesUrl, request: { id: null, idempotencyKey: null } }, id)
      })
    } catch (failure) {
      log.error('Work of the Stripe sandbox failed', { task, id, failure })
      store.endDue(task, id)
    }
  }
}

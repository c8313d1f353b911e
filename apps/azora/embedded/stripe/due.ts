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

/** Each in a transaction of its own, with the work that led to it. */
export function runDue(store: Store, pagesUrl: string, now: number): void {
  const next = () =>
    store.transaction(() => {
      const due = store.takeDue(now)
      if (due)
        tasks[due.task]?.({ store, now, pagesUrl, request: { id: null, idempotencyKey: null } }, due.id)
      return due
    })
  while (next() !== null);
}

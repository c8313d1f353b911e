import { recordAudit } from '@azora/kit/audit.ts'
import type { Reactions } from '@azora/kit/inbox.ts'
import { startInbox } from '@azora/kit/inbox.ts'
import { deliverLocally, startRelay } from '@azora/kit/relay.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import { testContext } from '@azora/kit/testing.ts'
import { appendEntries } from './append-entries.ts'
import { countWaiting } from './testing.store.ts'

type Tools = Pick<ServiceKit, 'db' | 'log' | 'metrics'>

/** Hand on what auth has published and react to it, as the running service does, until nothing waits. For tests. */
export async function settleEvents(
  { db, log, metrics }: Tools,
  reactions: Reactions = { 'audit.recorded': { all: appendEntries } },
): Promise<void> {
  const inbox = startInbox({ db, reactions, log, metrics })
  const names = new Set(Object.keys(reactions)) as Set<keyof Reactions>
  const deliver = deliverLocally(() => [{ db, names, wake: inbox.wake }])
  const relay = startRelay({ db, deliver, log, metrics })
  while ((await countWaiting(db.infrastructure)) > 0) await new Promise(resolve => setTimeout(resolve, 5))
  await relay.stop()
  await inbox.stop()
}

/** Record entries `test.one` … as a person at a desk, in one transaction of the school. For tests. */
export async function recordMany(
  { db }: Pick<ServiceKit, 'db'>,
  school: string,
  actorId: string,
  count: number,
  action = 'test.done',
): Promise<void> {
  const context = { ...testContext(), ip: '192.0.2.7', userAgent: 'Desk/1.0' }
  await db.in(school).transaction(async tx => {
    for (let at = 1; at <= count; at++) {
      const subject = { kind: 'course', id: `course-${at}` }
      await recordAudit(tx, 'auth', context, { action, actorId, subject, details: { at, b: [1.5], a: 'é' } })
    }
  })
}

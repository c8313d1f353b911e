import { Readable } from 'node:stream'
import type { EventPayload } from '@azora/contracts/events.ts'
import type { Queryable, Transaction } from './db.ts'
import { eachAlone } from './each-alone.ts'
import { defineTask, enqueue, runs } from './jobs.ts'
import { publish } from './outbox.ts'
import { forgetWorkOf, selectErased } from './retention.ts'
import type { ServiceKit } from './service.ts'

/** A file of a person's export: its name in the archive, with `/` between folders, and what it says. */
export type PersonalFile = { name: string; content: unknown }

/** What a service knows of a person, in the school of the scope in which it is asked. */
export type PersonalData = {
  gather(db: Queryable, userId: string): Promise<PersonalFile[]>
  /** Remove it, or take the person out of what others need. May run again. */
  erase(tx: Transaction, userId: string): Promise<void>
}

type Request = EventPayload<'user.export_requested'>

/** Where the files of an export lie until they are put together. */
const blobKey = ({ exportId, organizationId }: Request, service: string, number: number) =>
  `exports/${exportId}/${organizationId}/${service}/${number}`

/**
 * How every service takes part in a person's rights over their data: it hears that an export was asked for, writes
 * what it knows as files, and reports; it hears that the account is gone, erases, reports, and for
 * a month looks every night that nothing came back. Each takes effect in the school that the event names.
 */
export function personalDataPart(kit: Pick<ServiceKit, 'db' | 'blobs'>, data: PersonalData) {
  const { db, blobs } = kit
  const { service } = db
  const task = defineTask<Request>(`${service}.write_export`, { atOnce: 1 })
  const againTask = defineTask(`${service}.erase_again`, { cron: '11 2 * * *', priority: 'late' })

  async function writeExport(request: Request): Promise<void> {
    const { exportId, userId, organizationId } = request
    const school = db.in(organizationId)
    const files: { name: string; blobKey: string }[] = []
    for (const { name, content } of await data.gather(school, userId)) {
      const key = blobKey(request, service, files.length + 1)
      const text = `${JSON.stringify(content, null, 2)}\n`
      await blobs.put(key, Readable.from([Buffer.from(text)]), 'application/json')
      files.push({ name, blobKey: key })
    }
    // The files are there before anyone is told of them; a run that is repeated writes the same ones again.
    await school.transaction(tx =>
      publish(tx, service, 'user.exported', { exportId, userId, organizationId, service, files }),
    )
  }

  async function erase(tx: Transaction, userId: string, eventId: string): Promise<void> {
    await data.erase(tx, userId)
    await forgetWorkOf(tx, userId, eventId)
  }

  /**
   * Erase again what came of a write that was under way while its person was erased, or of an event that arrived
   * later: nightly, for as long as events are kept, so that no write has to ask whether its person is still there.
   */
  async function eraseAgain(): Promise<void> {
    await eachAlone(
      await selectErased(db),
      ({ userId, organizationId, eventId }) =>
        db.in(organizationId).transaction(tx => erase(tx, userId, eventId)),
      'people could not be erased again',
    )
  }

  return {
    reactions: {
      'user.export_requested': (tx: Transaction, request: Request) =>
        enqueue(tx, task, request, {
          key: `export:${service}:${request.exportId}:${request.organizationId}`,
        }),
      async 'user.deleted'(
        tx: Transaction,
        { userId, organizationId }: EventPayload<'user.deleted'>,
        event: { id: string },
      ) {
        await erase(tx, userId, event.id)
        await publish(tx, service, 'user.erased', { userId, organizationId, service })
      },
    },
    jobs: [runs(task, writeExport), runs(againTask, eraseAgain)],
  }
}

import { AppError } from '@azora/kit/errors.ts'
import type { Actor } from '@azora/kit/identity.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import type { StreamEvent, StreamWish } from '@azora/kit/streams.ts'
import { watch } from '@azora/kit/watch.ts'
import { topicOfImport } from './import-moved.ts'
import { mayReadImport } from './import-rules.ts'
import { type ImportStateRow, selectOptionalImportState } from './imports.store.ts'

type Shown = Omit<ImportStateRow, 'createdBy'>

/** How an import stands, and again at each step, until it has ended. @throws AppError `not_found`. */
export async function watchImport(
  { db, signals }: Pick<ServiceKit, 'db' | 'signals'>,
  actor: Actor,
  importId: string,
  wish: StreamWish,
): Promise<AsyncIterable<StreamEvent<Shown>>> {
  const read = async () => {
    const found = await selectOptionalImportState(db.in(actor.organizationId), importId)
    if (!found || !mayReadImport(actor, found)) throw new AppError('not_found')
    const { createdBy, ...shown } = found
    return shown
  }
  await read()
  return steps(
    watch({ signals, topic: topicOfImport(importId), read, signal: wish.signal }),
    wish.lastEventId,
  )
}

// A state is named by what it says: anyone who resumes after it is told only what is different.
const nameOf = ({ status, stage, progressPercent }: Shown) => `${status}-${stage}-${progressPercent}`

async function* steps(states: AsyncIterable<Shown>, lastEventId: string | null) {
  let last = lastEventId
  for await (const data of states) {
    const id = nameOf(data)
    if (id !== last) yield { id, data }
    last = id
    if (data.status === 'done' || data.status === 'failed') return
  }
}

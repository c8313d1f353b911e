import { randomUUID } from 'node:crypto'
import type { DeviceEntry } from '@azora/contracts/assessment/integrity.ts'
import { limits } from '@azora/contracts/limits.ts'
import type { Caller } from '@azora/kit/caller.ts'
import type { ScopedDatabase as School, Transaction } from '@azora/kit/db.ts'
import { deviceOf } from '@azora/kit/device-name.ts'
import { AppError } from '@azora/kit/errors.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import type { Answers } from '../quizzes/grade.ts'
import { type Submission, selectOptionalSubmission } from '../submissions/submissions.store.ts'
import {
  countEntries,
  type Details,
  type Device,
  insertEntries,
  lockLog,
  selectLastDevice,
} from './integrity.store.ts'

/**
 * What is noted while an attempt is taken, where its quiz says so and its learner was told. Devices say what they see,
 * and can be silent; the service notes what it knows by itself. Nothing here decides anything.
 */

/** Answers that waited this long were not held back by a key that was still to come. */
const lateSeconds = 30

const added = (kind: string, details: Details) => ({ id: randomUUID(), kind, details, deviceAt: null })

const isSame = (one: Device | null, other: Device) =>
  one?.device === other.device && one.session === other.session

/** Note the device that an attempt with a log is taken on, where it is another than before. */
export async function noteDevice(school: School, submissionId: string, by: Caller): Promise<void> {
  const here = { device: deviceOf(by.userAgent), session: by.actor.sessionId }
  if (isSame(await selectLastDevice(school, submissionId), here)) return
  await school.transaction(async tx => {
    await lockLog(tx, submissionId)
    if (isSame(await selectLastDevice(tx, submissionId), here)) return
    await insertEntries(tx, submissionId, [added('device', here)])
  })
}

/** Note what is known of answers that were saved: from which device, and whether they come after a lost line. */
export async function noteSaved(
  school: School,
  { id, logDays }: Pick<Submission, 'id' | 'logDays'>,
  by: Caller,
  { answers, seconds }: { answers: number; seconds: number },
): Promise<void> {
  if (logDays === null) return
  await noteDevice(school, id, by)
  if (answers === 0 || seconds < lateSeconds) return
  await school.transaction(async tx => {
    await lockLog(tx, id)
    await insertEntries(tx, id, [added('saved_late', { answers, seconds })])
  })
}

/**
 * The same of answers that come with the end of an attempt, or with a step to its next question, in the transaction that
 * keeps them: the attempt is locked. It is noted at the time when the attempt was read, which is that of its end.
 */
export async function noteSavedLocked(
  tx: Transaction,
  { id, logDays, now }: Pick<Submission, 'id' | 'logDays' | 'now'>,
  by: Caller,
  sent: Answers,
  waitedSeconds = 0,
): Promise<void> {
  if (logDays === null) return
  const here = { device: deviceOf(by.userAgent), session: by.actor.sessionId }
  const [answers, seconds] = [Object.keys(sent).length, waitedSeconds]
  const entries = [
    ...(isSame(await selectLastDevice(tx, id), here) ? [] : [added('device', here)]),
    ...(answers > 0 && seconds >= lateSeconds ? [added('saved_late', { answers, seconds })] : []),
  ]
  if (entries.length > 0) await insertEntries(tx, id, entries, { notedAt: now })
}

/**
 * Note what a device saw. Of an attempt without a log nothing is kept, and a paste into a question that it does not ask
 * is none.
 * @throws AppError `not_found`.
 */
export async function noteActivity(
  tools: Pick<ServiceKit, 'db'>,
  by: Caller,
  { submissionId, entries }: { submissionId: string; entries: DeviceEntry[] },
): Promise<{ full: boolean }> {
  const school = tools.db.in(by.actor.organizationId)
  const attempt = await selectOptionalSubmission(school, submissionId)
  if (attempt?.userId !== by.actor.userId) throw new AppError('not_found')
  if (attempt.logDays === null) return { full: false }
  await noteDevice(school, submissionId, by)
  const known = entries.filter(({ questionId }) => !questionId || attempt.questionIds.includes(questionId))
  return school.transaction(async tx => {
    await lockLog(tx, submissionId)
    await insertEntries(
      tx,
      submissionId,
      known.map(({ id, kind, at, ...details }) => ({ id, kind, details, deviceAt: at })),
      { most: limits.deviceEntriesOfLog },
    )
    return { full: (await countEntries(tx, submissionId)) >= limits.deviceEntriesOfLog }
  })
}

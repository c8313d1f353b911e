import { createWriteStream } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { accessCodeSeal } from '@azora/contracts/assessment/quiz.ts'
import { recordAudit } from '@azora/kit/audit.ts'
import type { Transaction } from '@azora/kit/db.ts'
import type { JobRun } from '@azora/kit/jobs.ts'
import { publish } from '@azora/kit/outbox.ts'
import type { Reporter } from '@azora/kit/progress.ts'
import type { Sealing } from '@azora/kit/sealing.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import { CartridgeError } from '../cartridges/cartridge-error.ts'
import { announceCourse } from '../courses/author-course.ts'
import { insertCourse, insertModule, takeFreeSlug } from '../courses/authoring.store.ts'
import { announcePlaces } from '../courses/publishing.ts'
import { slugOf } from '../courses/slug.ts'
import { lockFileRows, replaceFileUses } from '../files/file-uses.store.ts'
import { writeContents } from '../lessons/lesson-content.ts'
import { insertLesson } from '../lessons/lessons.store.ts'
import { addFiles, refuseBeyondQuota } from '../storage/quota.ts'
import { removeBlobs } from '../storage/remove-blobs.ts'
import { importFailure } from './import-failure.ts'
import { importMoved } from './import-moved.ts'
import {
  failImport,
  finishImport,
  type ImportStage,
  lockOpenImport,
  selectOptionalImport,
  updateStage,
} from './imports.store.ts'
import type { ImportJob } from './prepare-course.ts'
import { storedKeys, storeFiles } from './store-files.ts'
import { contentPath, type Unpacked, type UnpackedItem, unpackCartridge } from './unpack-cartridge.ts'

/**
 * Turns an uploaded cartridge into a draft course. Everything that can be large or slow (files, lesson texts) is
 * stored first, under ids that derive from the import, so that a run cut short is simply run again; then one
 * transaction makes the course, its outline and the events that carry its quizzes. Until that commits, there is no
 * course; after it, there is all of it.
 */

type Tools = Pick<
  ServiceKit,
  'db' | 'documents' | 'blobs' | 'log' | 'scratchDir' | 'config' | 'sealing' | 'signals'
>

export const cartridgeBlobKey = (importId: string) => `imports/${importId}`

/** Characters of texts that are stored together: what the loop bears at once. */
const textsAtOnce = 500_000
const quizOnItsWaySeconds = 60 * 60

/**
 * Run one import to its end. It ends as failed, with a code and a reason, when trying again would change nothing or
 * this was the last attempt; what may pass is thrown, to be tried again. Of one that was cancelled meanwhile, or failed,
 * nothing stays.
 */
export async function runImport(tools: Tools, job: ImportJob, run: JobRun): Promise<void> {
  const { importId } = job
  const { signal } = run
  const school = tools.db.in(job.organizationId)
  const progress = run.reporter<Progress>(async ({ stage, percent }) => {
    const wanted = await updateStage(school, importId, stage, percent)
    importMoved(tools.signals, importId)
    return wanted
  })
  const folder = await mkdtemp(join(tools.scratchDir, 'import-'))
  let stored: string[] | null = null
  try {
    const path = join(folder, 'cartridge')
    const blob = await tools.blobs.get(cartridgeBlobKey(importId))
    if (!blob) return // an earlier run finished and cleaned up
    await pipeline(blob, createWriteStream(path))
    progress.report({ stage: 'reading', percent: 5 })
    const unpacked = join(folder, 'files')
    // What an earlier attempt stored, only the cartridge says: it is read to its end even if nobody wants it any more.
    const reading = signal.aborted || run.attempt > 1 ? {} : { signal }
    const cartridge = await unpackCartridge(
      { path, folder: unpacked, job },
      done => progress.report({ stage: 'reading', percent: 5 + Math.round(30 * done) }),
      reading,
    )
    for (const fault of cartridge.faults)
      tools.log.error('A part of a cartridge could not be read', { importId, fault })
    stored = storedKeys(importId, cartridge.course)
    signal.throwIfAborted()
    await importUnpacked(tools, job, { ...cartridge, folder: unpacked, progress, signal })
  } catch (failure) {
    if (!signal.aborted) await endOrThrow(tools, job, failure, run.lastAttempt)
    // What an earlier attempt stored is not known yet, and may be known the next time.
    else if (run.attempt > 1 && stored === null && importFailure(failure).mayPass && !run.lastAttempt)
      throw failure
  } finally {
    await progress.settled()
    await rm(folder, { recursive: true, force: true })
  }
  // Nobody else can have ended it with a course: see `lockOpenImport`. Of a person who was erased no row is left.
  if ((await selectOptionalImport(school, importId))?.status !== 'done')
    await removeBlobs(tools, { keys: stored ?? [] })
  await tools.blobs.delete(cartridgeBlobKey(importId))
  signal.throwIfAborted()
}

type Progress = { stage: ImportStage; percent: number }

async function endOrThrow(
  tools: Tools,
  { importId, organizationId }: ImportJob,
  failure: unknown,
  lastAttempt: boolean,
): Promise<void> {
  const { end, mayPass } = importFailure(failure)
  if (mayPass && !lastAttempt) throw failure
  if (!(failure instanceof CartridgeError))
    tools.log.error('An import failed', { importId, code: end.code, failure })
  await failImport(tools.db.in(organizationId), importId, end)
  importMoved(tools.signals, importId)
}

async function importUnpacked(
  tools: Tools,
  job: ImportJob,
  {
    course,
    items,
    report,
    folder,
    progress,
    signal,
  }: Unpacked & { folder: string; progress: Reporter<Progress>; signal: AbortSignal },
): Promise<void> {
  const { db, log, sealing } = tools
  const school = db.in(job.organizationId)
  const courseId = course.id
  progress.report({ stage: 'files', percent: 35 })
  const bytes = course.files.reduce((sum, file) => sum + file.size, 0)
  await refuseBeyondQuota(school, tools.config.storageQuota, job.createdBy, bytes)
  const files = await storeFiles(tools, job, { courseId, files: course.files, folder }, done => {
    signal.throwIfAborted()
    progress.report({ stage: 'files', percent: 35 + Math.round(45 * done) })
  })

  progress.report({ stage: 'lessons', percent: 80 })
  await storeTexts(tools, job, items, folder)

  progress.report({ stage: 'lessons', percent: 90 })
  // Whether it is still wanted is known then, and no progress is written over its end.
  await progress.settled()
  signal.throwIfAborted()
  await school.transaction(async tx => {
    if (!(await lockOpenImport(tx, job.importId))) return
    const { modules, files: _files, ...settings } = course
    await insertCourse(tx, {
      ...settings,
      organizationId: job.organizationId,
      slug: await takeFreeSlug(tx, slugOf(course.title)),
      instructorId: job.createdBy,
      level: 'beginner',
      requireQuizzes: true,
    })
    await addFiles(tx, tools.config.storageQuota, job.createdBy, files)
    for (const { hidden, ...module } of modules) {
      const status = hidden ? 'hidden' : 'published'
      await insertModule(tx, { ...module, organizationId: job.organizationId, courseId, status })
    }
    for (const item of items) await importItem(tx, sealing, job, courseId, item)
    const { title } = await announceCourse(tx, courseId)
    await announcePlaces(tx, courseId)
    await finishImport(tx, job.importId, { courseId, report })
    tx.afterCommit(() => importMoved(tools.signals, job.importId))
    await recordAudit(tx, 'education', 'system', {
      action: 'course.imported',
      actorId: job.createdBy,
      subject: { kind: 'course', id: courseId, name: title },
      details: { importId: job.importId },
    })
  })
  log.info('A course was imported', { importId: job.importId, courseId, counts: report.counts })
}

async function storeTexts(
  { documents }: Pick<Tools, 'documents'>,
  { organizationId }: ImportJob,
  items: UnpackedItem[],
  folder: string,
): Promise<void> {
  let contents: { id: string; html: string }[] = []
  let length = 0
  for (const id of items.flatMap(({ lesson }) => lesson?.contentId ?? [])) {
    const html = await readFile(contentPath(folder, id), 'utf8')
    contents.push({ id, html })
    length += html.length
    if (length < textsAtOnce) continue
    await writeContents(documents, organizationId, contents)
    contents = []
    length = 0
  }
  await writeContents(documents, organizationId, contents)
}

async function importItem(
  tx: Transaction,
  sealing: Sealing,
  { organizationId }: ImportJob,
  courseId: string,
  { lesson, quiz, quizFileIds, accessCode }: UnpackedItem,
): Promise<void> {
  if (quiz) {
    const sealedAccessCode = accessCode && sealing.seal(accessCode, accessCodeSeal(quiz.quizId))
    await publish(tx, 'education', 'quiz.imported', { ...quiz, quiz: { ...quiz.quiz, sealedAccessCode } })
    // Until assessment has the quiz, nobody else knows that it shows them.
    await lockFileRows(tx, courseId, quizFileIds, quizOnItsWaySeconds)
  }
  if (!lesson) return
  const { fileIds, hidden, ...fields } = lesson
  await insertLesson(tx, {
    ...fields,
    organizationId,
    courseId,
    status: hidden ? 'hidden' : 'published',
    required: true,
    attachmentIds: [],
  })
  await replaceFileUses(tx, { lessonId: lesson.id, courseId, fileIds })
}

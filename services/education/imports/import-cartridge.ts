import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { nameFrom } from '@azora/contracts/names.ts'
import { recordAudit } from '@azora/kit/audit.ts'
import type { Transaction } from '@azora/kit/db.ts'
import { publish } from '@azora/kit/outbox.ts'
import { plainText } from '@azora/kit/rich-text/sanitise.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import { v5 as uuidv5 } from 'uuid'
import type {
  CartridgeCourse,
  CartridgeFile,
  CartridgeItem,
  CartridgeQuiz,
  ImportReport,
} from '../cartridges/cartridge.ts'
import { CartridgeError } from '../cartridges/cartridge-error.ts'
import { cutText } from '../cartridges/entry-names.ts'
import { announceCourse } from '../courses/author-course.ts'
import { insertCourse, insertModule, takeFreeSlug } from '../courses/authoring.store.ts'
import { announcePlaces } from '../courses/publishing.ts'
import { slugOf } from '../courses/slug.ts'
import { fileUrl } from '../files/file-url.ts'
import { replaceFileUses } from '../files/files.store.ts'
import { safeFileName } from '../files/receive-file.ts'
import { filesIn, isBlank, showsMedia, wordsOf, writeContents } from '../lessons/lesson-content.ts'
import { insertLesson } from '../lessons/lessons.store.ts'
import { addFiles, refuseBeyondQuota } from '../storage/quota.ts'
import { importFailure, interrupted } from './import-failure.ts'
import {
  failAbandonedImports,
  failImport,
  finishImport,
  type ImportStage,
  lockOpenImport,
  updateStage,
} from './imports.store.ts'
import { storeFiles } from './store-files.ts'
import { unpackCartridge } from './unpack-cartridge.ts'

/**
 * Turns an uploaded cartridge into a draft course. Everything that can be large or slow (files, lesson texts) is
 * stored first, under ids that derive from the import, so that a run cut short is simply run again; then one
 * transaction makes the course, its outline and the events that carry its quizzes. Until that commits, there is no
 * course; after it, there is all of it.
 */

export type ImportJob = { importId: string; organizationId: string; createdBy: string }

type Tools = Pick<ServiceKit, 'db' | 'documents' | 'blobs' | 'log' | 'scratchDir' | 'config'>

export const cartridgeBlobKey = (importId: string) => `imports/${importId}`

const defaultPassingScore = 60
const wordsPerMinute = 180

/** Let nobody wait for an import that will not end any more. */
export async function endAbandonedImports({ db, log }: Pick<Tools, 'db' | 'log'>): Promise<void> {
  const ended = await failAbandonedImports(db.across, interrupted)
  if (ended > 0) log.warn('Abandoned imports were ended', { ended })
}

/**
 * Run one import to its end. It ends as failed, with a code and a sentence, when trying again would change nothing or
 * this was the last attempt; what may pass is thrown, to be tried again.
 */
export async function runImport(tools: Tools, job: ImportJob, lastAttempt: boolean): Promise<void> {
  const school = tools.db.in(job.organizationId)
  const folder = await mkdtemp(join(tools.scratchDir, 'import-'))
  try {
    const path = join(folder, 'cartridge')
    const blob = await tools.blobs.get(cartridgeBlobKey(job.importId))
    if (!blob) return // an earlier run finished and cleaned up
    await pipeline(blob, createWriteStream(path))
    await updateStage(school, job.importId, 'reading', 5)
    const unpacked = join(folder, 'files')
    let told = 0
    const { course, report, faults } = await unpackCartridge(path, unpacked, done => {
      if (done - told < 0.1) return
      told = done
      updateStage(school, job.importId, 'reading', 5 + Math.round(30 * done)).catch(failure =>
        tools.log.warn('The progress of an import could not be shown', { failure }),
      )
    })
    for (const fault of faults)
      tools.log.error('A part of a cartridge could not be read', { importId: job.importId, fault })
    await importUnpacked(tools, job, course, report, unpacked)
  } catch (failure) {
    const { code, message, mayPass } = importFailure(failure)
    if (mayPass && !lastAttempt) throw failure
    if (!(failure instanceof CartridgeError))
      tools.log.error('An import failed', { importId: job.importId, code, failure })
    await failImport(school, job.importId, { code, message })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
  await tools.blobs.delete(cartridgeBlobKey(job.importId))
}

async function importUnpacked(
  tools: Tools,
  job: ImportJob,
  course: CartridgeCourse,
  report: ImportReport,
  folder: string,
): Promise<void> {
  const { db, documents, log } = tools
  const school = db.in(job.organizationId)
  const courseId = uuidv5('course', job.importId)
  const progress = (stage: ImportStage, percent: number) => updateStage(school, job.importId, stage, percent)

  await progress('files', 35)
  const bytes = course.files.reduce((sum, file) => sum + file.size, 0)
  await refuseBeyondQuota(school, tools.config.storageQuota, job.createdBy, bytes)
  const files = await storeFiles(tools, job, { courseId, files: course.files, folder }, done =>
    progress('files', 35 + Math.round(40 * done)),
  )

  await progress('lessons', 80)
  const items = course.modules.flatMap(module => module.items)
  const rewrite = rewriter(job.importId, courseId, course.files, items)
  const contents = items.flatMap(item => {
    const html = htmlOf(item)
    return html && !isBlank(html)
      ? [{ id: uuidv5(`content:${item.ref}`, job.importId), html: rewrite(html) }]
      : []
  })
  await writeContents(documents, job.organizationId, contents)
  const withContent = new Map(contents.map(content => [content.id, content.html]))

  await progress('lessons', 90)
  await school.transaction(async tx => {
    if (!(await lockOpenImport(tx, job.importId))) return
    await insertCourse(tx, {
      id: courseId,
      organizationId: job.organizationId,
      slug: await takeFreeSlug(tx, slugOf(course.title)),
      title: nameFrom(course.title, 200) || 'Imported course',
      summary: cutText(plainText(course.description ?? ''), 300),
      description: rewrite(course.description ?? ''),
      instructorId: job.createdBy,
      category: cutText(course.keywords[0] ?? '', 60) || 'Imported',
      level: 'beginner',
      language: cutText(course.language ?? '', 35) || 'en',
      requireQuizzes: true,
    })
    await addFiles(tx, tools.config.storageQuota, job.createdBy, files)
    for (const [at, module] of course.modules.entries()) {
      const moduleId = uuidv5(`module:${at}`, job.importId)
      await insertModule(tx, {
        id: moduleId,
        organizationId: job.organizationId,
        courseId,
        title: cutText(module.title, 200) || `Module ${at + 1}`,
        status: module.hidden ? 'hidden' : 'published',
      })
      for (const item of module.items)
        await importItem(tx, job, { courseId, moduleId, item, withContent, rewrite })
    }
    const { title } = await announceCourse(tx, courseId)
    await announcePlaces(tx, courseId)
    await finishImport(tx, job.importId, { courseId, report })
    await recordAudit(tx, 'education', 'system', {
      action: 'course.imported',
      actorId: job.createdBy,
      subject: { kind: 'course', id: courseId, name: title },
      details: { importId: job.importId },
    })
  })
  log.info('A course was imported', { importId: job.importId, courseId, counts: report.counts })
}

function htmlOf(item: CartridgeItem): string {
  if (item.kind === 'page') return item.html
  if (item.kind === 'link') return item.html ?? ''
  return ''
}

/** Minutes to read a text aloud in one's head, at least one. */
function readingMinutes(html: string): number {
  return Math.max(1, Math.round(plainText(html).split(/\s+/).length / wordsPerMinute))
}

type ItemContext = {
  courseId: string
  moduleId: string
  item: CartridgeItem
  withContent: Map<string, string>
  rewrite(html: string): string
}

async function importItem(tx: Transaction, job: ImportJob, context: ItemContext): Promise<void> {
  const { courseId, moduleId, item, withContent, rewrite } = context
  const contentId = uuidv5(`content:${item.ref}`, job.importId)
  const quizId = item.kind === 'quiz' ? uuidv5(`quiz:${item.ref}`, job.importId) : null
  if (item.kind === 'quiz' && quizId) {
    await publishQuiz(tx, job, courseId, quizId, item.quiz, rewrite)
    // A bank is kept for its author but is no lesson.
    if (item.quiz.bank) return
  }
  const lessonId = uuidv5(`lesson:${item.ref}`, job.importId)
  const fileId = item.kind === 'file' ? uuidv5(`file:${item.fileId}`, job.importId) : null
  const html = withContent.get(contentId) ?? ''
  await insertLesson(tx, {
    id: lessonId,
    organizationId: job.organizationId,
    courseId,
    moduleId,
    title: cutText(item.title, 300) || 'Untitled',
    status: item.hidden ? 'hidden' : 'published',
    kind: item.kind,
    media: showsMedia(html),
    words: wordsOf(html),
    contentId: withContent.has(contentId) ? contentId : null,
    durationMinutes: Math.min(1440, item.durationMinutes ?? defaultMinutes(item)),
    required: true,
    fileId,
    linkUrl: item.kind === 'link' ? item.url : null,
    quizId,
    attachmentIds: [],
  })
  await replaceFileUses(tx, { lessonId, courseId, fileIds: [...filesIn(html), ...(fileId ? [fileId] : [])] })
}

function defaultMinutes(item: CartridgeItem): number {
  if (item.kind === 'page') return readingMinutes(item.html)
  if (item.kind === 'quiz') return Math.max(2, item.quiz.questions.length)
  return 3
}

async function publishQuiz(
  tx: Transaction,
  job: ImportJob,
  courseId: string,
  quizId: string,
  quiz: CartridgeQuiz,
  rewrite: (html: string) => string,
): Promise<void> {
  const optional = (html: string | null) => (html === null ? null : rewrite(html))
  await publish(tx, 'education', 'quiz.imported', {
    organizationId: job.organizationId,
    courseId,
    quizId,
    createdBy: job.createdBy,
    quiz: {
      title: cutText(quiz.title, 300) || 'Quiz',
      description: rewrite(quiz.description ?? ''),
      passingScore: Math.round(quiz.passingScore ?? defaultPassingScore),
      timeLimitMinutes: quiz.timeLimitMinutes ? Math.max(1, Math.round(quiz.timeLimitMinutes)) : null,
      maxAttempts: quiz.maxAttempts && quiz.maxAttempts > 0 ? quiz.maxAttempts : null,
      shuffle: quiz.shuffle,
      bank: quiz.bank,
      questions: quiz.questions.map(question => ({
        type: question.type,
        content: rewrite(question.content),
        points: question.points,
        options: question.options.map(option => ({
          content: rewrite(option.content),
          correct: option.correct,
          feedback: optional(option.feedback),
        })),
        feedback: {
          general: optional(question.feedback.general),
          correct: optional(question.feedback.correct),
          incorrect: optional(question.feedback.incorrect),
        },
      })),
    },
  })
}

/** The cartridge's internal addresses, turned into this course's files and lessons. */
function rewriter(
  importId: string,
  courseId: string,
  files: CartridgeFile[],
  items: CartridgeItem[],
): (html: string) => string {
  const names = new Map(files.map(file => [file.id, safeFileName(file.name)]))
  const refs = new Set(items.map(item => item.ref))
  return html =>
    html
      .replace(/azora-file:([A-Za-z0-9_-]+)/g, (whole, id: string) => {
        const name = names.get(id)
        return name === undefined ? whole : fileUrl(uuidv5(`file:${id}`, importId), name)
      })
      .replace(/azora-item:([A-Za-z0-9_.-]+)/g, (whole, ref: string) =>
        refs.has(ref) ? `/learn/${courseId}/${uuidv5(`lesson:${ref}`, importId)}` : whole,
      )
}

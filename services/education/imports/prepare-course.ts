import type { EventPayload } from '@azora/contracts/events.ts'
import { limits } from '@azora/contracts/limits.ts'
import { nameFrom } from '@azora/contracts/names.ts'
import { safeFileName } from '@azora/kit/receive-file.ts'
import { filesIn } from '@azora/kit/rich-text/named-files.ts'
import { plainText } from '@azora/kit/rich-text/sanitise.ts'
import { v5 as uuidv5 } from 'uuid'
import type {
  CartridgeCourse,
  CartridgeFile,
  CartridgeItem,
  CartridgeItemBody,
  CartridgeQuiz,
} from '../cartridges/cartridge.ts'
import { cutText, shownText } from '../cartridges/entry-names.ts'
import { fileUrl } from '../files/file-url.ts'
import { isBlank, showsMedia, wordsOf } from '../lessons/lesson-content.ts'
import type { LessonKind } from '../lessons/lessons.store.ts'

/**
 * Turns what was read from a cartridge into what is stored, with ids that derive from the import, so that a run cut
 * short is simply run again. Runs in the thread that reads the cartridge: all that takes long over long texts is here,
 * and the code that stores the course only passes texts on.
 */

export type ImportJob = { importId: string; organizationId: string; createdBy: string }

export type PreparedCourse = {
  id: string
  title: string
  summary: string
  description: string
  category: string
  language: string
  modules: { id: string; title: string; hidden: boolean }[]
  files: CartridgeFile[]
}

export type PreparedLesson = {
  id: string
  moduleId: string
  title: string
  hidden: boolean
  kind: LessonKind
  contentId: string | null
  media: boolean
  words: string
  durationMinutes: number
  fileId: string | null
  linkUrl: string | null
  quizId: string | null
  /** Files that it shows. */
  fileIds: string[]
}

export type PreparedItem = {
  /** A question bank is kept for its author but is no lesson. */
  lesson: PreparedLesson | null
  content: { id: string; html: string } | null
  quiz: EventPayload<'quiz.imported'> | null
  /** Of the quiz; it is in the event only once it is sealed. */
  accessCode: string | null
  /** Files that the quiz shows. */
  quizFileIds: string[]
}

const defaultPassingScore = 60
const wordsPerMinute = 180

const courseIdOf = (importId: string) => uuidv5('course', importId)
export const fileIdOf = (importId: string, fileId: string) => uuidv5(`file:${fileId}`, importId)
const passageIdOf = (quizId: string, at: number) => uuidv5(`passage:${at}`, quizId)
const moduleIdOf = (importId: string, at: number) => uuidv5(`module:${at}`, importId)

export function prepareCourse({ importId }: ImportJob, course: CartridgeCourse): PreparedCourse {
  const rewrite = rewriterOf(importId, course)
  return {
    id: courseIdOf(importId),
    title: nameFrom(course.title, 200) || 'Imported course',
    summary: cutText(plainText(course.description ?? ''), 300),
    description: rewrite(course.description ?? ''),
    category: cutText(course.keywords[0] ?? '', 60) || 'Imported',
    language: languageOf(course.language),
    modules: course.modules.map(({ title, hidden }, at) => ({
      id: moduleIdOf(importId, at),
      title: cutText(title, 200) || `Module ${at + 1}`,
      hidden,
    })),
    files: course.files,
  }
}

/** What the editor of a course takes for one: two characters at least. */
function languageOf(stated: string | null): string {
  const language = shownText(stated ?? '', 35)
  return language.length < 2 ? 'en' : language
}

export function* prepareItems(job: ImportJob, course: CartridgeCourse): Generator<PreparedItem> {
  const rewrite = rewriterOf(job.importId, course)
  for (const [at, module] of course.modules.entries()) {
    for (const item of module.items) yield prepareItem(job, moduleIdOf(job.importId, at), item, rewrite)
  }
}

function prepareItem(
  job: ImportJob,
  moduleId: string,
  item: CartridgeItem,
  rewrite: (html: string) => string,
): PreparedItem {
  const { importId } = job
  const html = rewrite(htmlOf(item))
  const content = html && !isBlank(html) ? { id: uuidv5(`content:${item.ref}`, importId), html } : null
  const quizId = item.kind === 'quiz' ? uuidv5(`quiz:${item.ref}`, importId) : null
  const quiz = item.kind === 'quiz' && quizId ? quizOf(job, quizId, item.quiz, rewrite) : null
  const accessCode =
    item.kind === 'quiz' ? (item.quiz.accessCode?.slice(0, limits.accessCodeLength) ?? null) : null
  const quizFileIds = quiz ? filesIn(JSON.stringify(quiz.quiz)) : []
  if (quiz?.quiz.bank) return { lesson: null, content: null, quiz, accessCode, quizFileIds }
  const fileId = item.kind === 'file' ? fileIdOf(importId, item.fileId) : null
  const shown = content?.html ?? ''
  const lesson: PreparedLesson = {
    id: uuidv5(`lesson:${item.ref}`, importId),
    moduleId,
    title: cutText(item.title, 300) || 'Untitled',
    hidden: item.hidden,
    kind: item.kind,
    contentId: content?.id ?? null,
    media: showsMedia(shown),
    words: wordsOf(shown),
    durationMinutes: Math.min(1440, item.durationMinutes ?? defaultMinutes(item)),
    fileId,
    linkUrl: item.kind === 'link' ? item.url : null,
    quizId,
    fileIds: [...filesIn(shown), ...(fileId ? [fileId] : [])],
  }
  return { lesson, content, quiz, accessCode, quizFileIds }
}

function htmlOf(item: CartridgeItem): string {
  if (item.kind === 'page') return item.html
  if (item.kind === 'link') return item.html ?? ''
  return ''
}

function defaultMinutes(item: CartridgeItem): number {
  if (item.kind === 'page') return readingMinutes(item.html)
  if (item.kind === 'quiz') return Math.max(2, item.quiz.questions.length)
  return 3
}

/** Minutes to read a text aloud in one's head, at least one. */
function readingMinutes(html: string): number {
  return Math.max(1, Math.round(plainText(html).split(/\s+/).length / wordsPerMinute))
}

function quizOf(
  { organizationId, importId, createdBy }: ImportJob,
  quizId: string,
  quiz: CartridgeQuiz,
  rewrite: (html: string) => string,
): EventPayload<'quiz.imported'> {
  const optional = (html: string | null) => (html === null ? null : rewrite(html))
  return {
    organizationId,
    courseId: courseIdOf(importId),
    quizId,
    createdBy,
    quiz: {
      title: cutText(quiz.title, 300) || 'Quiz',
      description: rewrite(quiz.description ?? ''),
      passingScore: Math.round(quiz.passingScore ?? defaultPassingScore),
      timeLimitMinutes: quiz.timeLimitMinutes ? Math.max(1, Math.round(quiz.timeLimitMinutes)) : null,
      maxAttempts: quiz.maxAttempts && quiz.maxAttempts > 0 ? quiz.maxAttempts : null,
      shuffle: quiz.shuffle,
      bank: quiz.bank,
      kind: quiz.kind,
      opensAt: quiz.opensAt,
      resultsShown: quiz.resultsShown,
      shuffleAnswers: quiz.shuffleAnswers,
      ...(quiz.passages.length > 0
        ? {
            passages: quiz.passages.map((content, at) => ({
              id: passageIdOf(quizId, at),
              content: rewrite(content),
            })),
          }
        : {}),
      questions: quiz.questions.map(question => {
        const { points, passage } = question
        const common = {
          ...(passage === undefined ? {} : { passageId: passageIdOf(quizId, passage) }),
          content: rewrite(question.content),
          points,
          feedback: {
            general: optional(question.feedback.general),
            correct: optional(question.feedback.correct),
            incorrect: optional(question.feedback.incorrect),
          },
        }
        if (question.type === 'item')
          return {
            ...common,
            type: question.type,
            options: [],
            body: rewrittenBody(question.body, rewrite),
          }
        const options = question.options.map(option => ({
          content: rewrite(option.content),
          correct: option.correct,
          feedback: optional(option.feedback),
        }))
        return { ...common, type: question.type, options }
      }),
    },
  }
}

/** The XML stays as it came: its rules name no files. */
function rewrittenBody(body: CartridgeItemBody, rewrite: (html: string) => string) {
  const content = <T extends { content: string }>(one: T) => ({ ...one, content: rewrite(one.content) })
  return {
    ...body,
    seed: null,
    feedback: body.feedback.map(content),
    parts: body.parts.map(part => ({
      ...part,
      prompt: rewrite(part.prompt),
      options: part.options.map(content),
      targets: part.targets.map(content),
    })),
  }
}

/** The cartridge's internal addresses, turned into this course's files and lessons. */
function rewriterOf(importId: string, course: CartridgeCourse): (html: string) => string {
  const names = new Map(course.files.map(file => [file.id, safeFileName(file.name)]))
  const refs = new Set(course.modules.flatMap(module => module.items.map(item => item.ref)))
  return html =>
    html
      .replace(/azora-file:([A-Za-z0-9_-]+)/g, (whole, id: string) => {
        const name = names.get(id)
        return name === undefined ? whole : fileUrl(fileIdOf(importId, id), name)
      })
      .replace(/azora-item:([A-Za-z0-9_.-]+)/g, (whole, ref: string) =>
        refs.has(ref) ? `/learn/${courseIdOf(importId)}/${uuidv5(`lesson:${ref}`, importId)}` : whole,
      )
}

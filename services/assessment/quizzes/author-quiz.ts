import { isDeepStrictEqual } from 'node:util'
import type { AskingCaller } from '@azora/kit/caller.ts'
import type { Transaction } from '@azora/kit/db.ts'
import { AppError, invalidField } from '@azora/kit/errors.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import { v7 as uuidv7 } from 'uuid'
import { moveEnds } from '../accommodations/accommodations.store.ts'
import { requireAuthor } from '../courses/course-roles.ts'
import { copyMarkingSettings } from '../marking/marking.store.ts'
import { passagesIn } from '../questions/passage.ts'
import type { Question } from '../questions/question.ts'
import { copyAlignments, lockRules } from '../standards/standards.store.ts'
import { selectSealedCode } from './access-code.store.ts'
import { openCode, sealCode } from './access-code.ts'
import { requireAuthoredQuiz, selectAuthored } from './authored-quiz.ts'
import { changeQuestions, type WrittenQuestion } from './change-questions.ts'
import { refuseUndrawable } from './check-drawn-questions.ts'
import { cleanQuiz } from './clean-quiz.ts'
import { placesOf, refuseNeeded } from './delete-quiz.ts'
import { storePassages } from './passages.store.ts'
import { noteQuizFiles } from './quiz-files.store.ts'
import { inSections, type QuizSection, type SectionInput } from './quiz-sections.ts'
import {
  defaultSettings,
  refuseOtherCounting,
  refuseOtherKind,
  refuseOtherPractice,
  refusePractice,
  type SettingsInput,
  settingsOf,
  tellKind,
  tellResultsShown,
} from './quiz-settings.ts'
import {
  insertQuestions,
  insertQuiz,
  lockQuiz,
  type QuizSettings,
  selectOptionalQuiz,
  selectQuestions,
  updateQuiz,
  updateSections,
} from './quizzes.store.ts'
import { gradesStay, recordQuiz } from './record-quiz.ts'
import { filesOfQuiz, holdFiles, shownFiles } from './shown-files.ts'
import { withUsedOptions } from './used-options.ts'
import { type PassageInput, underCopies, underPassages } from './written-passages.ts'
import { firstVersion, type QuestionInput, questionOf, withKeptParameters } from './written-question.ts'

/** Making and changing quizzes. Taking one is `../submissions`. */

type Tools = Pick<ServiceKit, 'db' | 'sealing'>
/** Texts and sections that are not given stay as they are. */
type Asked = {
  questions: QuestionInput[]
  passages?: PassageInput[] | undefined
  sections?: SectionInput[] | undefined
}

export async function createQuiz(
  tools: Tools,
  by: AskingCaller,
  raw: SettingsInput & { courseId: string } & Asked,
) {
  const { actor } = by
  const { courseId } = raw
  await requireAuthor(tools, by, courseId)
  const id = uuidv7()
  const cleaned = await cleanQuiz(raw, actor.userId)
  const settings = settingsOf(cleaned, defaultSettings, { sealing: tools.sealing, quizId: id })
  const { questions } = withUsedOptions(cleaned, settings.kind)
  const made = questions.map(question => questionOf({ ...question, id: undefined }))
  const placed = inSections(
    underPassages(made, questions, cleaned.passages ?? []),
    sectionsNamed(made, questions),
    cleaned.sections ?? [],
  )
  const stored = placed.questions.map(firstVersion)
  refusePractice(settings, stored)
  await refuseUndrawable(stored, settings.kind)
  const fileIds = filesOfQuiz({ ...settings, questions: stored, sections: placed.sections })
  await holdFiles(by.others, courseId, fileIds)
  return tools.db.in(actor.organizationId).transaction(async tx => {
    await insertQuiz(tx, {
      ...settings,
      id,
      organizationId: actor.organizationId,
      courseId,
      bank: false,
      createdBy: actor.userId,
      sections: placed.sections,
    })
    await storePassages(tx, id, passagesIn(stored))
    await insertQuestions(tx, actor.organizationId, id, stored)
    await noteQuizFiles(tx, { organizationId: actor.organizationId, courseId, quizId: id, fileIds })
    await tellResultsShown(tx, { id, courseId }, defaultSettings, settings)
    await tellKind(tx, { id, courseId }, defaultSettings, settings)
    await recordQuiz(tx, by, { id, courseId, title: settings.title }, 'created')
    return selectAuthored(tx, id)
  })
}

/** A copy of a quiz in its course, with questions of its own and no attempts. */
export async function duplicateQuiz(
  tools: Tools,
  by: AskingCaller,
  quizId: string,
  title: string | undefined,
) {
  const { actor } = by
  const { courseId } = await requireAuthoredQuiz(tools, by, quizId)
  const id = uuidv7()
  const shown = await shownFiles(tools.db.in(actor.organizationId), quizId)
  await holdFiles(by.others, courseId, shown, shown)
  return tools.db.in(actor.organizationId).transaction(async tx => {
    // No standard goes while its questions are copied.
    await lockRules(tx, courseId, 'share')
    await lockQuiz(tx, quizId, 'share')
    const quiz = await selectOptionalQuiz(tx, quizId)
    if (!quiz) throw new AppError('not_found')
    const code = openCode(tools.sealing, quizId, await selectSealedCode(tx, quizId))
    await insertQuiz(tx, {
      ...quiz,
      title: title ?? quiz.title,
      sealedAccessCode: sealCode(tools.sealing, id, code),
      id,
      organizationId: actor.organizationId,
      createdBy: actor.userId,
    })
    await copyMarkingSettings(tx, quizId, id)
    const questions = underCopies(await selectQuestions(tx, quizId))
    await storePassages(tx, id, passagesIn(questions))
    const copies = questions.map(question => ({ from: question.id, to: uuidv7() }))
    await insertQuestions(
      tx,
      actor.organizationId,
      id,
      questions.map((question, at) => firstVersion({ ...question, id: copies[at]?.to ?? uuidv7() })),
    )
    await copyAlignments(tx, id, copies)
    const fileIds = filesOfQuiz({ ...quiz, questions })
    await noteQuizFiles(tx, { organizationId: actor.organizationId, courseId, quizId: id, fileIds })
    await tellResultsShown(tx, { id, courseId }, defaultSettings, quiz)
    await tellKind(tx, { id, courseId }, defaultSettings, quiz)
    await recordQuiz(tx, by, { id, courseId, title: title ?? quiz.title }, 'created', { copyOf: quizId })
    return selectAuthored(tx, id)
  })
}

export async function editQuiz(tools: Tools, by: AskingCaller, quizId: string) {
  await requireAuthoredQuiz(tools, by, quizId)
  const school = tools.db.in(by.actor.organizationId)
  const accessCode = openCode(tools.sealing, quizId, await selectSealedCode(school, quizId))
  return { ...(await selectAuthored(school, quizId)), accessCode }
}

/** Replace a quiz. Attempts keep the versions of the questions that they were taken on. */
export async function saveQuiz(
  tools: Tools,
  by: AskingCaller,
  raw: SettingsInput & { quizId: string } & Asked,
) {
  const { organizationId, userId } = by.actor
  const { quizId } = raw
  const known = await requireAuthoredQuiz(tools, by, quizId)
  const current = await selectQuestions(tools.db.in(organizationId), quizId)
  const asked = { ...raw, questions: withKeptParameters(raw.questions, current) }
  const cleaned = await cleanQuiz(asked, userId)
  const kind = raw.kind ?? known.kind
  const { questions } = withUsedOptions(cleaned, kind)
  const checked = questions.map(written(current))
  await refuseUndrawable(checked, kind)
  const fileIds = filesOfQuiz({
    description: cleaned.description ?? known.description,
    formulaSheet: cleaned.formulaSheet ?? known.formulaSheet,
    questions: checked,
    passages: cleaned.passages ?? passagesIn(current),
    sections: cleaned.sections ?? known.sections,
  })
  const shownBefore = fileIds.length > 0 ? await shownFiles(tools.db.in(organizationId), quizId) : []
  await holdFiles(by.others, known.courseId, fileIds, shownBefore)
  const places = questions.length === 0 ? await placesOf(by.others, quizId) : []
  return tools.db.in(organizationId).transaction(async tx => {
    await lockQuiz(tx, quizId, 'update')
    const stored = await selectStored(tx, quizId)
    // The questions were checked for one kind; someone may have saved the other since.
    if (raw.kind === undefined && stored.kind !== kind) throw new AppError('conflict')
    const settings = settingsOf(cleaned, stored, { sealing: tools.sealing, quizId })
    await refuseOtherKind(tx, quizId, stored, settings)
    await refuseOtherCounting(tx, quizId, stored, settings)
    await refuseOtherPractice(tx, quizId, stored, settings)
    const before = await selectQuestions(tx, quizId)
    const now = questions.map(written(before))
    // What the save does not name was read, and checked with the rest, before this lock.
    const kept = withKeptParameters(raw.questions, before)
    if (!isDeepStrictEqual(kept.map(parametersOf), asked.questions.map(parametersOf)))
      throw new AppError('conflict')
    if (!isDeepStrictEqual(now.map(keptTexts), checked.map(keptTexts))) throw new AppError('conflict')
    const { questions: after, sections } = inSections(
      underPassages(now, questions, cleaned.passages, before),
      sectionsNamed(now, questions),
      cleaned.sections,
      { sections: stored.sections, questions: before },
    )
    refusePractice(settings, after.map(firstVersion))
    if (new Set(after.map(question => question.id)).size !== after.length) {
      throw invalidField('questions', 'duplicate_question', { code: 'duplicate' })
    }
    if (after.length === 0 && before.length > 0) await refuseNeeded(tx, quizId, 'learners', places)
    await updateQuiz(tx, quizId, settings)
    await updateSections(tx, quizId, sections)
    if (settings.closesAt !== stored.closesAt || settings.breakMinutes !== stored.breakMinutes)
      await moveEnds(tx, [quizId])
    const questionsChanged = await changeQuestions(tx, quizId, before, after)
    const subject = { id: quizId, courseId: known.courseId, title: settings.title }
    // Of what is stored: a save leaves texts that it does not name, with what they show.
    const shown = filesOfQuiz({ ...settings, questions: after, sections })
    await noteQuizFiles(tx, { organizationId, courseId: known.courseId, quizId, fileIds: shown })
    await tellResultsShown(tx, subject, stored, settings)
    await tellKind(tx, subject, stored, settings)
    const staying = gradesStay([stored, before], [settings, after])
    await recordQuiz(tx, by, subject, 'changed', { questionsChanged }, { staying })
    return selectAuthored(tx, quizId)
  })
}

/** By its id, which section each question names. */
const sectionsNamed = (written: WrittenQuestion[], questions: QuestionInput[]) =>
  new Map(written.map(({ id }, at) => [id, questions[at]?.sectionId]))

/** Questions as they are stored in place of those that there are: a save leaves some of their texts. */
function written(before: Question[]) {
  const olds = new Map(before.map(question => [question.id, question]))
  return (question: QuestionInput): WrittenQuestion => {
    const old = question.id ? olds.get(question.id) : undefined
    return questionOf({ ...question, id: old?.id }, old)
  }
}

/** What is left as it is stored where a save does not name it, of a question whose texts name values. */
const keptTexts = ({ parameters, hints, feedback }: WrittenQuestion) =>
  parameters ? { hints, solution: feedback.solution } : null

const parametersOf = ({ parameters }: QuestionInput) => parameters ?? null

async function selectStored(
  tx: Transaction,
  quizId: string,
): Promise<QuizSettings & { sections: QuizSection[] }> {
  const quiz = await selectOptionalQuiz(tx, quizId)
  if (!quiz) throw new AppError('not_found')
  return { ...quiz, sealedAccessCode: await selectSealedCode(tx, quizId) }
}

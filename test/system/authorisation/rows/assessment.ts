import { makeCourse, takeQuiz, tick } from '../../../courses.ts'
import { until } from '../../../system.ts'
import {
  authors,
  members,
  nobody,
  nothing,
  ofCourse,
  ofQuiz,
  owners,
  type Row,
  type World,
} from '../callers.ts'
import { gradebookRows } from './gradebook.ts'
import { operationsRows } from './operations.ts'
import { standardsRows } from './standards.ts'

async function openAttempt({ people, course }: World): Promise<string> {
  return (await people.learner.api.assessment.startSubmission({ quizId: course.quizId })).id
}

/** Its answer follows from what is drawn. */
const drawnQuestion = {
  type: 'numeric',
  content: '<p>{{a}} + 1?</p>',
  body: { answers: [{ value: '{{=a+1}}' }] },
  parameters: { items: [{ name: 'a', kind: 'number', from: 1, to: 9 }] },
}

const essays = new WeakMap<World, Promise<string>>()

const uploads = new WeakMap<World, ReturnType<typeof makeUpload>>()

/** A question that asks for files in an open attempt of the learner, made once. */
function askForFiles(world: World) {
  const asked = uploads.get(world) ?? makeUpload(world)
  uploads.set(world, asked)
  return asked
}

async function makeUpload({ url, people: { instructor, learner } }: World) {
  const { courseId, quizId } = await makeCourse(url, instructor)
  const quiz = await instructor.api.assessment.editQuiz({ quizId })
  const { questions: saved } = await instructor.api.assessment.saveQuiz({
    ...quiz,
    quizId,
    questions: [{ type: 'upload', content: '<p>Draw a river.</p>', body: {} }],
  })
  await learner.api.education.enroll({ courseId })
  const { id: submissionId } = await learner.api.assessment.startSubmission({ quizId })
  return { submissionId, questionId: saved[0]?.id ?? '' }
}

/** An answer of the learner that waits for its mark, made once, with the revision of that. */
async function answerToMark(world: World) {
  const { instructor } = world.people
  const waiting = essays.get(world) ?? writeEssay(world)
  essays.set(world, waiting)
  const answerId = await waiting
  const { revision } = await instructor.api.assessment.getAnswerToMark({ answerId })
  return { id: answerId, revision }
}

async function writeEssay({ url, people: { instructor, learner } }: World): Promise<string> {
  const { courseId, quizId } = await makeCourse(url, instructor)
  const quiz = await instructor.api.assessment.editQuiz({ quizId })
  const essay = { type: 'essay' as const, content: '<p>Why?</p>', body: {} }
  const { questions: saved } = await instructor.api.assessment.saveQuiz({
    ...quiz,
    quizId,
    questions: [essay],
  })
  await learner.api.education.enroll({ courseId })
  const { id } = await learner.api.assessment.startSubmission({ quizId })
  await learner.api.assessment.submit({ submissionId: id, answers: { [saved[0]?.id ?? '']: ['Because.'] } })
  const { items } = await instructor.api.assessment.listAnswersToMark({ quizId })
  return items[0]?.id ?? ''
}

/** The first answer of the learner's graded attempt, with how often its mark was changed. */
async function changeableMark({ gradedId, people: { instructor } }: World) {
  const { questions } = await instructor.api.assessment.getReview({ submissionId: gradedId })
  return { submissionId: gradedId, questionId: questions[0]?.id ?? '', revision: questions[0]?.revision ?? 0 }
}

async function overriddenMark(world: World) {
  const mark = await changeableMark(world)
  const { instructor } = world.people
  await instructor.api.assessment.overrideMark({ ...mark, awarded: 1, reason: 'Right as well.' })
  return { ...mark, revision: mark.revision + 1 }
}

const changedQuizzes = new WeakMap<World, ReturnType<typeof changeKey>>()

/** A quiz with an attempt by the learner and another key since, made once. */
function regradeOf(world: World) {
  const made = changedQuizzes.get(world) ?? changeKey(world)
  changedQuizzes.set(world, made)
  return made
}

async function changeKey({ url, people: { instructor, learner } }: World) {
  const { courseId, quizId } = await makeCourse(url, instructor)
  await learner.api.education.enroll({ courseId })
  await takeQuiz(learner, quizId)
  const { editQuiz, saveQuiz } = instructor.api.assessment
  const quiz = await editQuiz({ quizId })
  const questions = quiz.questions.map((question, at) =>
    at > 0 ? question : { ...question, content: '<p>Worded anew.</p>' },
  )
  await saveQuiz({ ...quiz, quizId, questions })
  return {
    quizId,
    questions: [{ questionId: questions[0]?.id ?? '', rule: 'full' as const }],
    neverLower: true,
  }
}

/** As previewed, once the regrade before it is done. */
async function startOf(world: World) {
  const choices = await regradeOf(world)
  const { getRegrade, previewRegrade } = world.people.instructor.api.assessment
  const { quizId } = choices
  await until('the regrade before', async () => (await getRegrade({ quizId })).latest?.state !== 'running')
  return { ...choices, version: (await previewRegrade(choices)).version }
}

const keptComment = ({ people: { instructor } }: World) =>
  instructor.api.assessment.keepComment({ text: 'Say more.' })

const programs = new WeakMap<World, ReturnType<typeof askForProgram>>()

/** An open attempt of the learner at a question that asks for a program, made once. */
function program(world: World) {
  const asked = programs.get(world) ?? askForProgram(world)
  programs.set(world, asked)
  return asked
}

/** Its one test is hidden, so that nothing is run: not every machine can. */
async function askForProgram({ url, people: { instructor, learner } }: World) {
  const { courseId, quizId } = await makeCourse(url, instructor)
  const quiz = await instructor.api.assessment.editQuiz({ quizId })
  const { questions: saved } = await instructor.api.assessment.saveQuiz({
    ...quiz,
    quizId,
    questions: [{ type: 'code', content: '<p>Say hello.</p>', body: helloBody }],
  })
  await learner.api.education.enroll({ courseId })
  const { id: submissionId } = await learner.api.assessment.startSubmission({ quizId })
  return { quizId, submissionId, questionId: saved[0]?.id ?? '', files: ['print("Hello")'] }
}

const helloBody = {
  language: 'python' as const,
  files: [{ path: 'main.py', content: '' }],
  tests: [{ id: 'a', title: 'Hello', expected: 'Hello', hidden: true }],
}

const questions = [
  {
    type: 'single_choice',
    content: '<p>Which?</p>',
    options: [
      { id: tick, content: 'This', correct: true },
      { id: 'b', content: 'That', correct: false },
    ],
  },
]

export const assessmentRows: Record<string, Row> = {
  'assessment.getQuiz': { expect: [401, 403, 200, 200, 403, 200, 404, 404, 404], input: ofQuiz },
  'assessment.getQuizPictures': {
    expect: [401, 403, 200, 200, 403, 200, 404, 404, 404],
    input: ofQuiz,
  },
  'assessment.previewQuiz': { expect: owners(), input: ofQuiz },
  'assessment.getVariant': { expect: owners(), input: world => ({ ...ofQuiz(world), variant: 2 }) },
  'assessment.drawQuestion': {
    expect: owners(),
    input: world => ({ ...ofCourse(world), question: drawnQuestion }),
  },
  'assessment.startSubmission': { expect: [401, 403, 201, 201, 403, 201, 404, 404, 404], input: ofQuiz },
  'assessment.getSubmission': {
    expect: [401, 404, 200, 200, 404, 200, 404, 404, 404],
    input: ({ gradedId }) => ({ submissionId: gradedId }),
  },
  'assessment.saveAnswers': {
    expect: [401, 404, 200, 404, 404, 404, 404, 404, 404],
    input: async world => ({ submissionId: await openAttempt(world), answers: {} }),
  },
  'assessment.nextQuestion': {
    // This attempt shows all its questions at once, so that its learner has none to leave.
    expect: [401, 404, 409, 404, 404, 404, 404, 404, 404],
    input: async world => ({ submissionId: await openAttempt(world), position: 0 }),
  },
  'assessment.nextSection': {
    // This attempt has no sections, so that there is none to go on to.
    expect: [401, 404, 409, 404, 404, 404, 404, 404, 404],
    input: async world => ({ submissionId: await openAttempt(world), number: 2 }),
  },
  'assessment.noteActivity': {
    // Its quiz keeps no log, so nothing is kept of it.
    expect: [401, 404, 200, 404, 404, 404, 404, 404, 404],
    input: async world => ({
      submissionId: await openAttempt(world),
      entries: [{ id: crypto.randomUUID(), kind: 'left', at: '2026-03-01T10:00:00.000Z' }],
    }),
  },
  'assessment.getAttemptLog': {
    expect: [401, 404, 200, 200, 404, 200, 404, 404, 404],
    input: ({ gradedId }) => ({ submissionId: gradedId }),
  },
  'assessment.startBreak': {
    // Its quiz has none.
    expect: [401, 404, 409, 404, 404, 404, 404, 404, 404],
    input: async world => ({ submissionId: await openAttempt(world), number: 1 }),
  },
  'assessment.endBreak': {
    // There is nothing to end, so it changes nothing.
    expect: [401, 404, 200, 404, 404, 404, 404, 404, 404],
    input: async world => ({ submissionId: await openAttempt(world), number: 1 }),
  },
  'assessment.checkAnswer': {
    // Of a quiz that counts not even its learner learns what is right.
    expect: [401, 404, 403, 404, 404, 404, 404, 404, 404],
    input: async world => ({
      submissionId: await openAttempt(world),
      questionId: world.course.quizId,
      answers: {},
    }),
  },
  'assessment.takeHint': {
    // Its questions have no hints: its learner is told so, and everybody else that there is no such attempt.
    expect: [401, 404, 404, 404, 404, 404, 404, 404, 404],
    input: async world => ({
      submissionId: await openAttempt(world),
      questionId: world.course.quizId,
      number: 1,
    }),
  },
  'assessment.submit': {
    expect: [401, 404, 200, 404, 404, 404, 404, 404, 404],
    input: async world => ({ submissionId: await openAttempt(world) }),
  },
  'assessment.addUpload': {
    // Its attempt asks for no files: its learner is told so, and everybody else that there is no such attempt.
    expect: [401, 404, 404, 404, 404, 404, 404, 404, 404],
    input: async world => ({
      submissionId: await openAttempt(world),
      questionId: world.course.quizId,
      uploadId: world.course.courseId,
      name: 'a.png',
    }),
  },
  'assessment.removeUpload': {
    expect: [401, 404, 200, 404, 404, 404, 404, 404, 404],
    input: async world => ({ ...(await askForFiles(world)), uploadId: world.course.quizId }),
  },
  'assessment.downloadUpload': {
    // Nobody has handed in a file under this id; who may read one is in upload-questions.test.ts.
    expect: [401, 404, 404, 404, 404, 404, 404, 404, 404],
    input: ({ course }) => ({ uploadId: course.quizId, name: 'a.png' }),
  },
  'assessment.listQuizzes': { expect: owners(), input: ofCourse },
  'assessment.createQuiz': {
    expect: owners(201),
    input: world => ({ ...ofCourse(world), title: 'Lakes', questions }),
  },
  'assessment.editQuiz': { expect: owners(), input: ofQuiz },
  'assessment.duplicateQuiz': { expect: owners(201), input: ofQuiz },
  'assessment.saveQuiz': {
    expect: owners(),
    async input({ url, people }) {
      return { quizId: (await makeCourse(url, people.instructor)).quizId, title: 'Lakes', questions }
    },
  },
  'assessment.deleteQuiz': {
    expect: owners(),
    async input({ people, course }) {
      return {
        quizId: (
          await people.instructor.api.assessment.createQuiz({ courseId: course.courseId, title: 'Gone' })
        ).id,
      }
    },
  },
  'assessment.holdQuizzes': { expect: nobody, input: world => ({ ...ofCourse(world), quizIds: [] }) },
  'assessment.findFileUses': { expect: nobody, input: world => ({ ...ofCourse(world), fileIds: [] }) },
  'assessment.listAccommodations': { expect: owners(), input: ofCourse },
  'assessment.saveAccommodation': {
    expect: owners(),
    input: world => ({ ...ofCourse(world), userId: world.people.learner.userId, extraPercent: 25 }),
  },
  'assessment.saveGroupAccommodation': {
    // News of a group may still be on its way; that there is none is told only to who may.
    expect: owners(404),
    input: world => ({ ...ofCourse(world), groupId: world.course.courseId, extraPercent: 25 }),
  },
  'assessment.getReview': {
    expect: owners(),
    input: ({ gradedId }) => ({ submissionId: gradedId }),
  },
  'assessment.getQuizResults': { expect: owners(), input: ofQuiz },
  'assessment.listQuizzesToMark': { expect: owners(), input: ofCourse },
  'assessment.listAnswersToMark': { expect: owners(), input: ofQuiz },
  'assessment.setMarking': {
    expect: owners(),
    input: world => ({ ...ofQuiz(world), release: 'at_once', anonymous: false }),
  },
  'assessment.releaseMarks': { expect: owners(), input: ofQuiz },
  // A quiz that one person marks has no sample.
  'assessment.drawSample': { expect: owners(409), input: ofQuiz },
  'assessment.getAnswerToMark': {
    expect: owners(),
    input: async world => ({ answerId: (await answerToMark(world)).id }),
  },
  'assessment.saveMark': {
    expect: owners(),
    async input(world) {
      const { id, revision } = await answerToMark(world)
      return { answerId: id, revision, comment: 'Well argued.', done: false }
    },
  },
  'assessment.markGroup': {
    // There is no such group, which is told only to who may mark.
    expect: owners(404),
    async input(world) {
      return { answerId: (await answerToMark(world)).id, groupId: world.course.courseId, apply: false }
    },
  },
  'assessment.listSimilarAnswers': {
    expect: owners(),
    input: async world => ({ answerId: (await answerToMark(world)).id }),
  },
  'assessment.holdAnswer': {
    expect: owners(),
    input: async world => ({ answerId: (await answerToMark(world)).id }),
  },
  'assessment.listSavedComments': { expect: authors(), input: nothing },
  'assessment.keepComment': { expect: authors(201), input: () => ({ text: 'Say why.' }) },
  'assessment.changeComment': {
    // Each has comments of their own.
    expect: [401, 403, 403, 200, 404, 404, 403, 404, 404],
    input: async world => ({ commentId: (await keptComment(world)).id, text: 'Say why you think so.' }),
  },
  'assessment.deleteComment': {
    expect: authors(),
    input: async world => ({ commentId: (await keptComment(world)).id }),
  },
  'assessment.overrideMark': {
    expect: owners(),
    input: async world => ({ ...(await changeableMark(world)), awarded: 1, reason: 'Right as well.' }),
  },
  'assessment.takeBackOverride': { expect: owners(), input: overriddenMark },
  'assessment.getRegrade': { expect: owners(), input: ofQuiz },
  'assessment.previewRegrade': { expect: owners(), input: regradeOf },
  'assessment.startRegrade': { expect: owners(201), input: startOf },
  'assessment.listProgramLanguages': { expect: members, input: nothing },
  'assessment.runProgram': {
    expect: [401, 404, 200, 404, 404, 404, 404, 404, 404],
    async input(world) {
      const { submissionId, questionId, files } = await program(world)
      return { submissionId, questionId, files }
    },
  },
  'assessment.previewProgram': {
    expect: owners(),
    async input(world) {
      const { quizId, questionId, files } = await program(world)
      return { quizId, questionId, files }
    },
  },
  'assessment.tryProgram': {
    expect: owners(),
    input: world => ({ ...ofCourse(world), body: { ...helloBody, tests: [] } }),
  },
  'assessment.listSubmissions': { expect: owners(), input: ofQuiz },
  ...gradebookRows,
  ...standardsRows,
  ...operationsRows('assessment'),
}

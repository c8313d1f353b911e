import { makeCourse, tick } from '../../../courses.ts'
import { nobody, ofCourse, ofQuiz, owners, type Row, type World } from '../callers.ts'
import { operationsRows } from './operations.ts'

async function openAttempt({ people, course }: World): Promise<string> {
  return (await people.learner.api.assessment.startSubmission({ quizId: course.quizId })).id
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
  'assessment.previewQuiz': { expect: owners(), input: ofQuiz },
  'assessment.startSubmission': { expect: [401, 403, 201, 201, 403, 201, 404, 404, 404], input: ofQuiz },
  'assessment.getSubmission': {
    expect: [401, 404, 200, 200, 404, 200, 404, 404, 404],
    input: ({ gradedId }) => ({ submissionId: gradedId }),
  },
  'assessment.saveAnswers': {
    expect: [401, 404, 200, 404, 404, 404, 404, 404, 404],
    input: async world => ({ submissionId: await openAttempt(world), answers: {} }),
  },
  'assessment.submit': {
    expect: [401, 404, 200, 404, 404, 404, 404, 404, 404],
    input: async world => ({ submissionId: await openAttempt(world) }),
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
  'assessment.getReview': {
    expect: owners(),
    input: ({ gradedId }) => ({ submissionId: gradedId }),
  },
  'assessment.getQuizResults': { expect: owners(), input: ofQuiz },
  'assessment.listSubmissions': { expect: owners(), input: ofQuiz },
  ...operationsRows('assessment'),
}

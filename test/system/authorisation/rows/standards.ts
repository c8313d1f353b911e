import { randomUUID } from 'node:crypto'
import { makeCourse } from '../../../courses.ts'
import { ofCourse, ofQuiz, owners, type Row, type World } from '../callers.ts'

const standards = new WeakMap<World, Promise<string>>()

/** A standard of the learner's course, made once. */
async function ofStandard(world: World) {
  const made = standards.get(world) ?? makeStandard(world)
  standards.set(world, made)
  return { ...ofCourse(world), userId: world.people.learner.userId, standardId: await made }
}

async function makeStandard(world: World): Promise<string> {
  const { getStandards, saveStandards } = world.people.instructor.api.assessment
  const standard = { id: randomUUID(), code: 'GEO 1', title: 'Rivers', description: '' }
  const { courseId } = ofCourse(world)
  await saveStandards({ ...(await getStandards({ courseId })), standards: [standard] })
  return standard.id
}

export const standardsRows: Record<string, Row> = {
  'assessment.getStandards': { expect: owners(), input: ofCourse },
  'assessment.saveStandards': {
    expect: owners(),
    async input({ url, people }) {
      const { courseId } = await makeCourse(url, people.instructor)
      const standards = await people.instructor.api.assessment.getStandards({ courseId })
      return { ...standards, courseId }
    },
  },
  'assessment.getQuizStandards': { expect: owners(), input: ofQuiz },
  'assessment.alignQuestions': {
    expect: owners(),
    // To remove what is not there changes nothing.
    input: world => ({
      ...ofQuiz(world),
      alignments: [{ questionId: world.course.quizId, standardId: world.course.quizId, aligned: false }],
    }),
  },
  'assessment.readStandardLevels': { expect: owners(), input: ofCourse },
  'assessment.getEvidence': { expect: owners(), input: ofStandard },
  'assessment.judgeLevel': {
    expect: owners(),
    input: async world => ({ ...(await ofStandard(world)), levelId: null, judgementRevision: 0 }),
  },
  'assessment.getMyStandards': {
    expect: [401, 403, 200, 403, 403, 403, 404, 404, 404],
    input: ofCourse,
  },
}

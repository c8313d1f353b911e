import { makeCourse } from '../../../courses.ts'
import { ofCourse, owners, type Row, type World } from '../callers.ts'

const ofLearner = (world: World) => ({ ...ofCourse(world), userId: world.people.learner.userId })

export const gradebookRows: Record<string, Row> = {
  'assessment.getGradebook': { expect: owners(), input: ofCourse },
  'assessment.saveGradebook': {
    expect: owners(),
    async input({ url, people }) {
      const { courseId } = await makeCourse(url, people.instructor)
      const gradebook = await people.instructor.api.assessment.getGradebook({ courseId })
      return { ...gradebook, courseId }
    },
  },
  'assessment.readGrades': { expect: owners(), input: ofCourse },
  'assessment.getGrade': { expect: owners(), input: ofLearner },
  'assessment.setGrade': {
    expect: owners(),
    input: world => ({ ...ofLearner(world), itemId: null, score: 80, reason: 'Marked again.' }),
  },
  'assessment.importGrades': {
    expect: owners(),
    input: world => ({ ...ofCourse(world), apply: false, itemIds: [], rows: [] }),
  },
  'assessment.getMyGrades': { expect: [401, 403, 200, 403, 403, 403, 404, 404, 404], input: ofCourse },
}

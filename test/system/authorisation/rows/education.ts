import { makeCourse, uploadFile } from '../../../courses.ts'
import {
  authors,
  everyone,
  members,
  nobody,
  nothing,
  ofCourse,
  owners,
  type Row,
  type World,
} from '../callers.ts'
import { operationsRows } from './operations.ts'

const draft = async ({ url, people }: World) => makeCourse(url, people.instructor, { publish: false })
let groupNumber = 1

async function newGroup({ people, course: { courseId } }: World): Promise<string> {
  const name = `Group ${groupNumber++}`
  const { items } = await people.instructor.api.education.createGroup({ courseId, name })
  return items.find(group => group.name === name)?.id ?? ''
}

const settings = { title: 'Lakes', category: 'Geography' }

export const educationRows: Record<string, Row> = {
  'v2.education.listCourses': { expect: everyone, input: nothing },
  'education.listCourses': { expect: everyone, input: nothing },
  'education.getCourse': {
    expect: [200, 200, 200, 200, 200, 200, 404, 404, 404],
    input: ({ course }) => ({ course: course.courseId }),
  },
  'education.enroll': {
    expect: [401, 201, 201, 201, 201, 201, 404, 404, 404],
    async input({ url, people }) {
      return { courseId: (await makeCourse(url, people.instructor)).courseId }
    },
  },
  'education.listEnrollments': { expect: members, input: nothing },
  'education.getCoursePage': {
    // Whether such a course exists elsewhere is not told: it is answered as any other that one is not in.
    expect: [401, 403, 200, 403, 403, 403, 403, 403, 403],
    input: ({ course }) => ({ course: course.courseId }),
  },
  'education.getCourseAccess': { expect: [401, 200, 200, 200, 200, 200, 404, 404, 404], input: ofCourse },
  'education.getLesson': {
    expect: [401, 403, 200, 200, 403, 200, 404, 404, 404],
    input: ({ course }) => ({ lessonId: course.pageId }),
  },
  'education.saveProgress': {
    expect: [401, 403, 200, 403, 403, 403, 404, 404, 404],
    input: ({ course }) => ({ lessonId: course.pageId, positionPercent: 50 }),
  },
  'education.listCertificates': { expect: members, input: nothing },
  'education.getCertificate': {
    expect: everyone,
    input: ({ certificateId }) => ({ certificateId }),
    openToOtherSchools: true,
  },
  'education.verifyCredential': {
    expect: everyone,
    input: ({ credential }) => ({ credential }),
    openToOtherSchools: true,
  },
  'education.revokeCertificate': {
    // Who may is told that it was revoked already.
    expect: owners(409),
    async input({ people, certificateId }) {
      const input = { certificateId, reason: 'other' as const, note: 'An exercise.' }
      await people.instructor.api.education.revokeCertificate(input).catch((failure: { code?: string }) => {
        if (failure.code !== 'conflict') throw failure
      })
      return input
    },
  },
  'education.downloadCredential': {
    expect: everyone,
    input: ({ certificateId }) => ({ certificateId }),
    openToOtherSchools: true,
  },
  'education.listTaughtCourses': { expect: authors(), input: nothing },
  'education.createCourse': { expect: authors(201), input: () => settings },
  'education.editCourse': { expect: owners(), input: ofCourse },
  'education.saveCourse': { expect: owners(), input: world => ({ ...ofCourse(world), summary: 'Of water' }) },
  'education.publishCourse': {
    expect: owners(),
    input: async world => ({ courseId: (await draft(world)).courseId }),
  },
  'education.getPublishProblems': { expect: owners(), input: ofCourse },
  'education.setPartStatus': {
    expect: owners(),
    input: ({ course }) => ({
      courseId: course.courseId,
      status: 'published',
      lessonIds: [course.pageId],
      moduleIds: [course.moduleId],
    }),
  },
  'education.findQuizPlaces': { expect: nobody, input: ({ course }) => ({ quizId: course.quizId }) },
  'education.archiveCourse': {
    expect: owners(),
    input: async world => ({ courseId: (await draft(world)).courseId }),
  },
  'education.deleteCourse': {
    expect: owners(),
    input: async world => ({ courseId: (await draft(world)).courseId }),
  },
  'education.createModule': {
    expect: owners(201),
    input: async world => ({ courseId: (await draft(world)).courseId, title: 'More' }),
  },
  'education.saveModule': {
    expect: owners(),
    input: ({ course }) => ({ moduleId: course.moduleId, title: 'Water' }),
  },
  'education.deleteModule': {
    expect: owners(),
    input: async world => ({ moduleId: (await draft(world)).moduleId }),
  },
  'education.arrangeCourse': {
    expect: owners(),
    input: ({ course }) => ({
      courseId: course.courseId,
      modules: [
        { id: course.moduleId, lessonIds: [course.pageId, course.fileLessonId, course.quizLessonId] },
      ],
    }),
  },
  'education.createLesson': {
    expect: owners(201),
    input: async world => ({ moduleId: (await draft(world)).moduleId, kind: 'page', title: 'Mouths' }),
  },
  'education.editLesson': { expect: owners(), input: ({ course }) => ({ lessonId: course.pageId }) },
  'education.saveLesson': {
    expect: owners(),
    input: ({ course }) => ({ lessonId: course.pageId, title: 'Springs', content: '<p>Water rises.</p>' }),
  },
  'education.deleteLesson': {
    expect: owners(),
    input: async world => ({ lessonId: (await draft(world)).pageId }),
  },
  'education.listGroups': { expect: owners(), input: ofCourse },
  'education.createGroup': {
    expect: owners(201),
    input: world => ({ ...ofCourse(world), name: `Group ${groupNumber++}` }),
  },
  'education.renameGroup': {
    expect: owners(),
    input: async world => ({ groupId: await newGroup(world), name: `Group ${groupNumber++}` }),
  },
  'education.deleteGroup': {
    expect: owners(),
    input: async world => ({ groupId: await newGroup(world) }),
  },
  'education.moveLearners': {
    expect: owners(),
    input: async world => ({
      ...ofCourse(world),
      userIds: [world.people.learner.userId],
      addToId: await newGroup(world),
    }),
  },
  'education.assignGroups': {
    expect: owners(),
    input: world => ({
      ...ofCourse(world),
      apply: false,
      groups: [{ name: 'Rivers', userIds: [world.people.learner.userId] }],
    }),
  },
  'education.setGroupsShown': {
    expect: owners(),
    input: world => ({ ...ofCourse(world), shownToMembers: true }),
  },
  'education.getRoster': { expect: owners(), input: ofCourse },
  'education.listFiles': { expect: owners(), input: ofCourse },
  'education.deleteFile': {
    expect: owners(),
    async input({ url, people, course }) {
      const { body } = await uploadFile(url, people.instructor, course.courseId, 'unused.txt', 'Unused.')
      return { fileId: (body as { id: string }).id }
    },
  },
  // What one may not read is left out, so that anyone may ask.
  'education.getFileSizes': {
    expect: members,
    input: ({ course }) => ({ fileIds: [course.fileId] }),
  },
  'education.holdFiles': { expect: nobody, input: world => ({ ...ofCourse(world), fileIds: [] }) },
  'education.getStorageUse': { expect: authors(), input: nothing },
  'education.getImport': {
    expect: [401, 403, 403, 200, 404, 200, 403, 404, 404],
    input: ({ importId }) => ({ importId }),
  },
  'education.cancelImport': {
    expect: [401, 403, 403, 200, 404, 200, 403, 404, 404],
    input: ({ importId }) => ({ importId }),
  },
  'education.watchImport': {
    expect: [401, 403, 403, 200, 404, 200, 403, 404, 404],
    input: ({ importId }) => ({ importId }),
  },
  'education.listImports': { expect: authors(), input: nothing },
  ...operationsRows('education'),
  'education.importCartridge': {
    expect: authors(202),
    input: () => ({ name: 'rivers.imscc' }),
    upload: ({ cartridge }) => cartridge,
  },
  'education.uploadFile': {
    expect: owners(201),
    input: world => ({ ...ofCourse(world), name: 'map.txt' }),
    upload: () => Buffer.from('Here be rivers.'),
  },
  'education.replaceFile': {
    expect: owners(),
    input: ({ course }) => ({ fileId: course.fileId, name: 'rivers.txt' }),
    upload: () => Buffer.from('Here be lakes.'),
  },
  'education.downloadFile': {
    expect: [404, 404, 200, 200, 404, 200, 404, 404, 404],
    input: ({ course }) => ({ fileId: course.fileId, name: 'rivers.txt' }),
  },
}

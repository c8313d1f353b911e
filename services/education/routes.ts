import { authorsCourse } from '@azora/contracts/education/author-rule.ts'
import type { educationContract, educationFiles } from '@azora/contracts/education.ts'
import { may } from '@azora/contracts/permissions.ts'
import type { educationV2 } from '@azora/contracts/v2/education.ts'
import { callerOf } from '@azora/kit/caller.ts'
import { idCursor } from '@azora/kit/cursor.ts'
import { AppError } from '@azora/kit/errors.ts'
import { actorOf, type FileHandlers, type Handlers, type RequestContext } from '@azora/kit/http.ts'
import type { OperationsName } from '@azora/kit/operations.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import { checkCredential, listMyCertificates, readCertificate } from './certificates/check-certificate.ts'
import { revokeCertificate } from './certificates/revoke-certificate.ts'
import {
  archiveCourse,
  arrangeCourse,
  createCourse,
  createModule,
  deleteCourse,
  deleteModule,
  editCourse,
  findPublishProblems,
  publishCourse,
  saveCourse,
  saveModule,
  setPartStatus,
} from './courses/author-course.ts'
import { selectTaughtCourses } from './courses/authoring.store.ts'
import { browseCatalogue, browseCataloguePage, renewCatalogue, viewCourse } from './courses/browse.ts'
import { selectAuthoredCourse, selectOptionalCourse } from './courses/course-access.ts'
import { selectPlacesOfQuiz } from './courses/part-status.store.ts'
import {
  selectMyCourses,
  selectOptionalCoursePage,
  selectOptionalEnrollment,
  selectRoster,
} from './enrollments/enrollments.store.ts'
import { enroll, readLesson, saveProgress } from './enrollments/learn.ts'
import { addFile } from './files/add-file.ts'
import { deleteFile, holdFiles, listFiles } from './files/manage-files.ts'
import { replaceFile } from './files/replace-file.ts'
import { serveFile } from './files/serve-file.ts'
import { cancelImport } from './imports/cancel-import.ts'
import { selectImports } from './imports/imports.store.ts'
import { readImport, startImport } from './imports/start-import.ts'
import { watchImport } from './imports/watch-import.ts'
import { createLesson, deleteLesson, editLesson, saveLesson } from './lessons/author-lesson.ts'
import { readStorage } from './storage/read-storage.ts'

export function routes(kit: ServiceKit): Omit<Handlers<typeof educationContract>, OperationsName> {
  const { db, documents, metrics, publicUrl } = kit
  const stores = { db, documents, others: kit.others }
  const schoolOf = (context: RequestContext) => db.in(actorOf(context).organizationId)

  /** What the catalogue may show has changed; the one who changed it finds it changed at once. */
  async function shown<T>(context: RequestContext, change: Promise<T>): Promise<T> {
    const result = await change
    await renewCatalogue(kit.cache, actorOf(context).organizationId)
    return result
  }

  return {
    listCourses: (input, context) => browseCatalogue(kit, context, input),
    getCourse: (input, context) => viewCourse(db, context, input),
    enroll: ({ courseId }, context) => enroll(db, actorOf(context), courseId, metrics),
    listEnrollments: (input, context) => selectMyCourses(schoolOf(context), actorOf(context).userId, input),
    async getCoursePage({ course }, context) {
      const page = await selectOptionalCoursePage(schoolOf(context), actorOf(context).userId, course)
      if (!page) throw new AppError('not_enrolled')
      return page
    },
    async getCourseAccess({ courseId }, context) {
      const actor = actorOf(context)
      const course = await selectOptionalCourse(schoolOf(context), courseId)
      if (!course) throw new AppError('not_found')
      const author = authorsCourse(actor, course)
      const enrolled = (await selectOptionalEnrollment(schoolOf(context), actor.userId, courseId)) !== null
      if (course.status === 'draft' && !author && !enrolled) throw new AppError('not_found')
      return {
        courseId,
        title: course.title,
        instructorId: course.instructorId,
        status: course.status,
        author,
        enrolled,
      }
    },
    async findQuizPlaces({ quizId }, context) {
      return { places: await selectPlacesOfQuiz(schoolOf(context), quizId) }
    },
    getLesson: ({ lessonId }, context) => readLesson(stores, actorOf(context), lessonId),
    saveProgress: (input, context) => saveProgress(db, actorOf(context), input),
    listCertificates: (_, context) => listMyCertificates(db, actorOf(context), publicUrl),
    getCertificate: ({ certificateId }) => readCertificate(db, certificateId, publicUrl),
    revokeCertificate: (input, context) => revokeCertificate(db, callerOf(context), input, publicUrl),
    verifyCredential: ({ credential }, { ip }) => checkCredential(db, credential, ip),

    listTaughtCourses(input, context) {
      const actor = actorOf(context)
      return selectTaughtCourses(schoolOf(context), {
        instructorId: may(actor.roles, 'course.manage_all') ? null : actor.userId,
        cursor: idCursor(input.cursor),
        limit: input.limit,
      })
    },
    createCourse: (input, context) => createCourse(db, context, input),
    editCourse: ({ courseId }, context) => editCourse(db, context, courseId),
    saveCourse: ({ courseId, ...settings }, context) =>
      shown(context, saveCourse(db, context, courseId, settings)),
    publishCourse: ({ courseId }, context) => shown(context, publishCourse(kit, context, courseId)),
    getPublishProblems: ({ courseId }, context) => findPublishProblems(kit, context, courseId),
    setPartStatus: ({ courseId, ...change }, context) =>
      shown(context, setPartStatus(kit, context, courseId, change)),
    archiveCourse: ({ courseId }, context) => shown(context, archiveCourse(db, context, courseId)),
    async deleteCourse({ courseId }, context) {
      await shown(context, deleteCourse(db, context, courseId))
      return { ok: true }
    },
    createModule: ({ courseId, title }, context) => createModule(db, context, courseId, title),
    saveModule: ({ moduleId, title }, context) => saveModule(db, context, moduleId, title),
    deleteModule: ({ moduleId }, context) => deleteModule(db, context, moduleId),
    arrangeCourse: ({ courseId, modules }, context) => arrangeCourse(kit, context, courseId, modules),
    createLesson: (input, context) => createLesson(stores, context, input),
    editLesson: ({ lessonId }, context) => editLesson(stores, actorOf(context), lessonId),
    saveLesson: ({ lessonId, ...input }, context) => saveLesson(kit, context, lessonId, input),
    deleteLesson: ({ lessonId }, context) => deleteLesson(stores, context, lessonId),
    listFiles: (input, context) => listFiles(kit, context, input),
    async deleteFile({ fileId }, context) {
      await deleteFile(kit, context, fileId)
      return { ok: true }
    },
    getStorageUse: (_, context) => readStorage(kit, context),
    holdFiles: (input, context) => holdFiles(kit, context, input),
    async getRoster({ courseId, cursor, limit }, context) {
      await selectAuthoredCourse(schoolOf(context), actorOf(context), courseId)
      return selectRoster(schoolOf(context), courseId, { cursor: idCursor(cursor), limit })
    },
    getImport: ({ importId }, context) => readImport(kit, actorOf(context), importId),
    cancelImport: ({ importId }, context) => cancelImport(kit, actorOf(context), importId),
    watchImport: ({ importId }, context) => watchImport(kit, actorOf(context), importId, context),
    async listImports(input, context) {
      const page = await selectImports(schoolOf(context), {
        createdBy: actorOf(context).userId,
        cursor: idCursor(input.cursor),
        limit: input.limit,
      })
      return { ...page, items: page.items.map(({ createdBy, ...item }) => item) }
    },
  }
}

export function fileRoutes(kit: ServiceKit): FileHandlers<typeof educationFiles> {
  return {
    async importCartridge({ name }, context, req, res) {
      res.status(202).json(await startImport(kit, actorOf(context), name, req))
    },
    async uploadFile({ courseId, name }, context, req, res) {
      res.status(201).json(await addFile(kit, actorOf(context), courseId, name, req))
    },
    async replaceFile({ fileId, name }, context, req, res) {
      res.json(await replaceFile(kit, context, fileId, name, req))
    },
    downloadFile: ({ fileId }, context, req, res) => serveFile(kit, context.actor, fileId, req, res),
    async downloadCredential({ certificateId }, _context, _req, res) {
      const { credential } = await readCertificate(kit.db, certificateId, kit.publicUrl)
      res.setHeader('Content-Disposition', `attachment; filename="certificate-${certificateId}.json"`)
      res.type('application/vc').send(Buffer.from(`${JSON.stringify(credential, null, 2)}\n`))
    },
  }
}

/** What changed with the second version of the API. */
export function routesV2(kit: ServiceKit): Handlers<typeof educationV2> {
  return { listCourses: (input, context) => browseCataloguePage(kit, context, input) }
}

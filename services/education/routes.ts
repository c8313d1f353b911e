import type { educationContract, educationFiles } from '@azora/contracts/education.ts'
import type { educationV2 } from '@azora/contracts/v2/education.ts'
import { askingCallerOf, callerOf } from '@azora/kit/caller.ts'
import { idCursor } from '@azora/kit/cursor.ts'
import { AppError } from '@azora/kit/errors.ts'
import type { FileHandlers, Handlers } from '@azora/kit/handlers.ts'
import type { OperationsName } from '@azora/kit/operations.ts'
import { actorOf, type RequestContext } from '@azora/kit/request-context.ts'
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
import {
  browseCatalogue,
  browseCataloguePage,
  readAccess,
  renewCatalogue,
  viewCourse,
} from './courses/browse.ts'
import { selectAuthoredCourse } from './courses/course-access.ts'
import { taughtBy } from './courses/course-rules.ts'
import { selectPlacesOfQuiz } from './courses/part-status.store.ts'
import { selectMyCourses, selectOptionalCoursePage, selectRoster } from './enrollments/enrollments.store.ts'
import { enroll, readLesson, saveProgress } from './enrollments/learn.ts'
import { addFile } from './files/add-file.ts'
import { readFileSizes } from './files/file-sizes.ts'
import { deleteFile, holdFiles, listFiles } from './files/manage-files.ts'
import { replaceFile } from './files/replace-file.ts'
import { serveFile } from './files/serve-file.ts'
import {
  assignGroups,
  createGroup,
  deleteGroup,
  listGroups,
  moveLearners,
  renameGroup,
  setGroupsShown,
} from './groups/change-groups.ts'
import { cancelImport } from './imports/cancel-import.ts'
import { selectImports } from './imports/imports.store.ts'
import { readImport, startImport } from './imports/start-import.ts'
import { watchImport } from './imports/watch-import.ts'
import { createLesson, deleteLesson, editLesson, saveLesson } from './lessons/author-lesson.ts'
import { readStorage } from './storage/read-storage.ts'

export function routes(kit: ServiceKit): Omit<Handlers<typeof educationContract>, OperationsName> {
  const { db, documents, metrics, publicUrl } = kit
  const stores = { db, documents }
  const asking = (context: RequestContext) => askingCallerOf(kit, context)
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
    getCourseAccess: ({ courseId }, context) => readAccess(db, actorOf(context), courseId),
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
      return selectTaughtCourses(schoolOf(context), {
        instructorId: taughtBy(actorOf(context)),
        cursor: idCursor(input.cursor),
        limit: input.limit,
      })
    },
    createCourse: (input, context) => createCourse(db, callerOf(context), input),
    editCourse: ({ courseId }, context) => editCourse(db, actorOf(context), courseId),
    saveCourse: ({ courseId, ...settings }, context) =>
      shown(context, saveCourse(db, callerOf(context), courseId, settings)),
    publishCourse: ({ courseId }, context) => shown(context, publishCourse(db, asking(context), courseId)),
    getPublishProblems: ({ courseId }, context) => findPublishProblems(db, asking(context), courseId),
    setPartStatus: ({ courseId, ...change }, context) =>
      shown(context, setPartStatus(db, asking(context), courseId, change)),
    archiveCourse: ({ courseId }, context) => shown(context, archiveCourse(db, callerOf(context), courseId)),
    async deleteCourse({ courseId }, context) {
      await shown(context, deleteCourse(db, callerOf(context), courseId))
      return { ok: true }
    },
    createModule: ({ courseId, title }, context) => createModule(db, callerOf(context), courseId, title),
    saveModule: ({ moduleId, title }, context) => saveModule(db, callerOf(context), moduleId, title),
    deleteModule: ({ moduleId }, context) => deleteModule(db, callerOf(context), moduleId),
    arrangeCourse: ({ courseId, modules }, context) => arrangeCourse(db, asking(context), courseId, modules),
    createLesson: (input, context) => createLesson(stores, asking(context), input),
    editLesson: ({ lessonId }, context) => editLesson(stores, actorOf(context), lessonId),
    saveLesson: ({ lessonId, ...input }, context) => saveLesson(stores, asking(context), lessonId, input),
    deleteLesson: ({ lessonId }, context) => deleteLesson(db, callerOf(context), lessonId),
    listFiles: (input, context) => listFiles(db, asking(context), input),
    async getFileSizes({ fileIds }, context) {
      return { files: await readFileSizes(db, actorOf(context), fileIds) }
    },
    async deleteFile({ fileId }, context) {
      await deleteFile(db, asking(context), fileId)
      return { ok: true }
    },
    getStorageUse: (_, context) => readStorage(kit, actorOf(context)),
    holdFiles: (input, context) => holdFiles(db, actorOf(context), input),
    async getRoster({ courseId, groupId, cursor, limit }, context) {
      await selectAuthoredCourse(schoolOf(context), actorOf(context), courseId)
      return selectRoster(schoolOf(context), courseId, { groupId, cursor: idCursor(cursor), limit })
    },
    listGroups: ({ courseId }, context) => listGroups(db, callerOf(context), courseId),
    createGroup: ({ courseId, name }, context) => createGroup(db, callerOf(context), courseId, name),
    renameGroup: ({ groupId, name }, context) => renameGroup(db, callerOf(context), groupId, name),
    deleteGroup: ({ groupId }, context) => deleteGroup(db, callerOf(context), groupId),
    moveLearners: ({ courseId, ...moved }, context) => moveLearners(db, callerOf(context), courseId, moved),
    assignGroups: ({ courseId, ...plan }, context) => assignGroups(db, callerOf(context), courseId, plan),
    setGroupsShown: ({ courseId, shownToMembers }, context) =>
      setGroupsShown(db, callerOf(context), courseId, shownToMembers),
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
      res.json(await replaceFile(kit, callerOf(context), fileId, name, req))
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

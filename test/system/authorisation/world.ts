import type { Database } from '@azora/kit/db.ts'
import { onePage, zipOf } from '@azora/service-education/cartridges/cartridge-fixture.ts'
import { appoint, openSchool, signUp } from '../../api.ts'
import { complete, importCartridge, makeCourse, takeQuiz } from '../../courses.ts'
import type { World } from './callers.ts'

/** The people of the table, and what they have. */
export async function makeWorld(url: string, authDb: Database): Promise<World> {
  const learner = await signUp(url)
  const ours = learner.organizationId
  const theirs = await openSchool(url, authDb)
  const people = {
    stranger: await signUp(url),
    learner,
    instructor: await appoint(url, authDb, { role: 'instructor', organizationId: ours }),
    colleague: await appoint(url, authDb, { role: 'instructor', organizationId: ours }),
    admin: await appoint(url, authDb, { role: 'admin', organizationId: ours }),
    foreignLearner: await appoint(url, authDb, { role: 'learner', organizationId: theirs }),
    foreignInstructor: await appoint(url, authDb, { role: 'instructor', organizationId: theirs }),
    foreignAdmin: await appoint(url, authDb, { role: 'admin', organizationId: theirs }),
    auditor: await appoint(url, authDb, { role: 'auditor', organizationId: ours }),
    operator: await appoint(url, authDb, { role: 'operator', organizationId: ours }),
    support: await appoint(url, authDb, { role: 'learner', offices: ['support'], organizationId: ours }),
    compliance: await appoint(url, authDb, {
      role: 'learner',
      offices: ['compliance'],
      organizationId: ours,
    }),
    finance: await appoint(url, authDb, { role: 'learner', offices: ['finance'], organizationId: ours }),
  }
  const course = await makeCourse(url, people.instructor)
  const certificateId = await complete(learner, course)
  const { credential } = await learner.api.education.getCertificate({ certificateId })
  const cartridge = await zipOf(onePage('<p>Water</p>'))
  const { id: importId } = await importCartridge(url, people.instructor, cartridge)
  const gradedId = (await takeQuiz(learner, course.quizId)).id
  return { url, people, course, certificateId, credential, gradedId, importId, cartridge }
}

import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import {
  appoint,
  clientFor,
  openAuthDatabase,
  type Person,
  password,
  signUp,
  systemUnderTest,
} from '../api.ts'
import { makeCourse, type TestCourse, takeQuiz } from '../courses.ts'
import { ask, connectAs, hearing, type RoomClient } from '../rooms.ts'

/** What is told in rooms, as it happens: over a WebSocket, and where those are blocked. */

const system = systemUnderTest()
const { url } = system
const authDb = openAuthDatabase(system)
const open: RoomClient[] = []
let instructor: Person
let course: TestCourse

before(async () => {
  instructor = await appoint(url, authDb, { role: 'instructor' })
  course = await makeCourse(url, instructor)
})
after(async () => {
  for (const socket of open) socket.disconnect()
  await authDb.close()
})

function join(token: string, service?: string, transport: 'websocket' | 'polling' = 'websocket'): RoomClient {
  const socket = connectAs(url, token, service, [transport])
  open.push(socket)
  return socket
}

const finish = ({ api }: Person, lessonId: string) =>
  api.education.saveProgress({ lessonId, completed: true, positionPercent: 100 })

for (const transport of ['websocket', 'polling'] as const) {
  describe(`By ${transport},`, () => {
    test('a learner is told of their progress and their certificate, and nobody else is.', async () => {
      const [learner, other] = [await signUp(url), await signUp(url)]
      for (const person of [learner, other]) await person.api.education.enroll({ courseId: course.courseId })
      const [mine, theirs] = [learner, other].map(({ token }) => join(token, 'education', transport))
      assert.ok(mine && theirs)
      assert.equal(await ask(mine, 'education/learning', {}), 'entered')
      assert.equal(await ask(theirs, 'education/learning', {}), 'entered')
      const [heard, overheard] = [hearing(mine), hearing(theirs)]
      await takeQuiz(learner, course.quizId)
      const byResult = await heard.until(item => item.event === 'progress.changed')
      assert.equal((byResult.payload as { courseId: string }).courseId, course.courseId)
      await finish(learner, course.pageId)
      await finish(learner, course.fileLessonId)
      const certified = await heard.until(item => item.event === 'certificate.issued')
      const { certificateId } = certified.payload as { certificateId: string }
      assert.ok(await learner.api.education.getCertificate({ certificateId }))
      await finish(other, course.pageId)
      await overheard.until(item => item.event === 'progress.changed')
      assert.equal(overheard.items.length, 1)
    })
  })
}

test('An administrator is told that services have handled events of the school.', async () => {
  const admin = await appoint(url, authDb, { role: 'admin', organizationId: instructor.organizationId })
  const socket = join(admin.token, 'auth')
  assert.equal(await ask(socket, 'operations', {}), 'entered')
  const heard = hearing(socket)
  const learner = await signUp(url)
  await learner.api.education.enroll({ courseId: course.courseId })
  for (const service of ['education', 'assessment', 'integrations'])
    await heard.until(item => (item.payload as { service: string }).service === service)
})

test('Signing out closes the sockets of the session within seconds.', async () => {
  const learner = await signUp(url)
  const visitor = clientFor(url, null)
  const { tokens } = await visitor.auth.login({ email: learner.email, password })
  assert.ok(tokens)
  const [socket, stays] = [join(tokens.accessToken), join(learner.token)]
  assert.equal(await ask(socket, 'education/learning', {}), 'entered')
  assert.equal(await ask(stays, 'education/learning', {}), 'entered')
  const ended = new Promise<string>(resolve => socket.once('ended', resolve))
  await clientFor(url, tokens.accessToken).auth.logout({})
  assert.equal(await ended, 'revoked')
  assert.ok(stays.connected)
})

import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { after, before, test } from 'node:test'
import { appoint, openAuthDatabase, signUp } from '../api.ts'
import { makeCourse } from '../courses.ts'
import { type System, startSystem, until } from '../system.ts'

let system: System

before(async () => {
  system = await startSystem('single')
})
after(() => system?.stop())

test('Told to stop in the middle of an upload, it takes the file in, answers, and ends with 0.', async () => {
  const { url } = system
  const { organizationId } = await signUp(url)
  const authDb = openAuthDatabase(await system.access())
  const instructor = await appoint(url, authDb, { role: 'instructor', organizationId })
  await authDb.close()
  const { courseId } = await makeCourse(url, instructor)
  const upload = request(`${url}/api/v1/education/courses/${courseId}/files?name=slow.txt`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${instructor.token}`,
      'content-type': 'text/plain',
      'content-length': 20,
    },
  })
  upload.write('first half')
  // Its answer shows that the upload, sent before it, has been taken up as well.
  assert.equal((await fetch(`${url}/health/ready`)).status, 200)
  const ended = system.terminate()
  await until('No new connection is taken', () =>
    fetch(`${url}/health/live`).then(
      () => false,
      () => true,
    ),
  )
  const answered = once(upload, 'response')
  upload.end('secondhalf')
  const [answer] = (await answered) as [IncomingMessage]
  let text = ''
  for await (const chunk of answer) text += String(chunk)
  assert.equal(answer.statusCode, 201, text)
  assert.equal((JSON.parse(text) as { size: number }).size, 20)
  assert.equal(await ended, 0)
})

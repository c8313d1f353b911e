import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import {
  appoint,
  openAuthDatabase,
  openSchool,
  type Person,
  refusal,
  request,
  signUp,
  systemUnderTest,
} from '../api.ts'
import { makeCourse } from '../courses.ts'

/** A file on its way from a learner to the desk of a teacher, and everybody who wants it on the way. */

const system = systemUnderTest()
const { url } = system
const authDb = openAuthDatabase(system)
let instructor: Person
let colleague: Person
let learner: Person
let other: Person
let elsewhere: Person
let quizId: string
let questionId: string
let submissionId: string

before(async () => {
  instructor = await appoint(url, authDb, { role: 'instructor' })
  colleague = await appoint(url, authDb, { role: 'instructor' })
  const second = await openSchool(url, authDb)
  elsewhere = await appoint(url, authDb, { role: 'instructor', organizationId: second })
  learner = await signUp(url)
  other = await signUp(url)
  const course = await makeCourse(url, instructor)
  quizId = course.quizId
  const quiz = await instructor.api.assessment.editQuiz({ quizId })
  const saved = await instructor.api.assessment.saveQuiz({
    ...quiz,
    quizId,
    questions: [
      {
        type: 'upload',
        content: '<p>Draw a river.</p>',
        points: 3,
        body: {
          kinds: ['document', 'photo'],
          mostFiles: 2,
          mostBytes: 200_000,
          guidance: '<p>for-markers</p>',
        },
      },
    ],
  })
  questionId = saved.questions[0]?.id ?? ''
  for (const person of [learner, other]) await person.api.education.enroll({ courseId: course.courseId })
  submissionId = (await learner.api.assessment.startSubmission({ quizId })).id
})
after(() => authDb.close())

const png = Buffer.from('\x89PNG\r\n\x1a\n....IEND', 'latin1')

function send(
  name: string,
  body: Uint8Array | string,
  { person = learner, uploadId = randomUUID(), attempt = submissionId, question = questionId } = {},
) {
  const query = new URLSearchParams({ questionId: question, uploadId, name })
  return request(url, 'POST', `/assessment/submissions/${attempt}/uploads?${query}`, {
    token: person.token,
    body,
  })
}
const codeOf = ({ body }: { body: unknown }) => (body as { code?: string }).code
const read = (path: string, person: Person | null) =>
  request(url, 'GET', path, { token: person?.token ?? null })

test('A file arrives, is read by its learner alone until it is submitted, and by who teaches the course after that.', async () => {
  const uploadId = randomUUID()
  const name = 'my river <b>.png'
  const first = await send(name, png, { uploadId })
  assert.equal(first.status, 201, first.text)
  assert.deepEqual((await send(name, png, { uploadId })).body, first.body, 'a repeated call changes nothing')
  const path = `/api/v1/assessment/uploads/${uploadId}/x`
  const answer = await read(path, learner)
  assert.equal(answer.status, 200)
  assert.equal(answer.headers.get('content-type'), 'image/png')
  assert.equal(answer.headers.get('x-content-type-options'), 'nosniff')
  assert.match(answer.headers.get('content-security-policy') ?? '', /default-src 'none'.*sandbox/)
  assert.equal((await read(path, null)).status, 401)
  for (const person of [other, instructor, colleague, elsewhere])
    assert.equal((await read(path, person)).status, 404)

  await send('notes.txt', 'Rivers <script>alert(1)</script>')
  const submitted = await learner.api.assessment.submit({ submissionId })
  assert.equal(submitted.awaitsMarking, true)
  assert.ok(!JSON.stringify(submitted).includes('for-markers'))
  assert.equal((await read(path, instructor)).status, 200)
  for (const person of [other, colleague, elsewhere]) assert.equal((await read(path, person)).status, 404)

  const { items } = await instructor.api.assessment.listAnswersToMark({ quizId })
  const answerId = items[0]?.id ?? ''
  const shown = await instructor.api.assessment.getAnswerToMark({ answerId })
  assert.deepEqual(
    shown.files.map(file => [file.name, file.mediaType]),
    [
      [name, 'image/png'],
      ['notes.txt', 'text/plain'],
    ],
  )
  const text = await read(shown.files[1]?.url ?? '', instructor)
  assert.match(text.headers.get('content-disposition') ?? '', /^attachment;/)
  assert.equal(text.headers.get('content-type'), 'application/octet-stream')
  await instructor.api.assessment.saveMark({ answerId, revision: shown.revision, awarded: 3, done: true })
  const { result } = await learner.api.assessment.getSubmission({ submissionId })
  assert.equal(result?.score, 3)
  assert.equal(codeOf(await send('late.png', png)), 'attempt_closed')
  assert.equal(
    await refusal(learner.api.assessment.removeUpload({ submissionId, questionId, uploadId })),
    'attempt_closed',
  )
})

test('What is not one’s own to answer, and what is not what it says, is refused.', async () => {
  const attempt = (await other.api.assessment.startSubmission({ quizId })).id
  const mine = { person: other, attempt }
  assert.equal((await send('a.png', png, { ...mine, person: learner })).status, 404)
  assert.equal((await send('a.png', png, { ...mine, person: elsewhere })).status, 404)
  assert.equal((await send('a.png', png, { ...mine, question: randomUUID() })).status, 404)
  for (const [name, body] of [
    ['a.png', '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'],
    ['a.pdf', '<!doctype html><script>alert(1)</script>'],
    ['a.docx', 'not an archive'],
    ['a.mp3', 'ID3\x04....'],
    ['a.png', ''],
  ] as const) {
    const refused = await send(name, body, mine)
    assert.deepEqual([refused.status, codeOf(refused)], [400, 'invalid_input'], name)
  }
  const huge = Buffer.concat([png, Buffer.alloc(200_001)])
  assert.equal((await send('a.png', huge, mine)).status, 413)
  assert.equal((await send('../../a\u202egnp.exe', png, mine)).status, 201)
  assert.equal((await send(`${'n'.repeat(300)}.png`, png, mine)).status, 201)
  assert.equal(codeOf(await send('c.png', png, mine)), 'too_many_files')
  const { answers } = await other.api.assessment.getSubmission({ submissionId: attempt })
  const [clean, long] = answers[questionId] ?? []
  assert.match(clean ?? '', / agnp\.exe\.png$/)
  assert.ok((long ?? '').length < 300)
  const uploadId = clean?.split(' ')[0] ?? ''
  const left = await other.api.assessment.removeUpload({ submissionId: attempt, questionId, uploadId })
  assert.equal(left.answer.length, 1)
  assert.equal((await read(`/api/v1/assessment/uploads/${uploadId}/x`, other)).status, 404)
})

import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, before, test } from 'node:test'
import { appoint, clientFor, openAuthDatabase, type Person, request, systemUnderTest } from '../api.ts'
import { makeCourse, type TestCourse } from '../courses.ts'

/**
 * Nobody can make others wait: while input that is made to be slow arrives, a service answers everybody else as
 * before. What was mended here held the loop for 0.3 to 2 s with each request, and four come at once.
 */

const system = systemUnderTest()
const { url } = system
const authDb = openAuthDatabase(system)
let teacher: Person
let course: TestCourse
let moduleId: string
let credential: Record<string, unknown>

const sampleFile = new URL('../../contracts/credential/verify-credential.sample.json', import.meta.url)

before(async () => {
  const { id } = await clientFor(url, null).auth.organization({})
  teacher = await appoint(url, authDb, { role: 'instructor', organizationId: id })
  course = await makeCourse(url, teacher)
  const edited = await teacher.api.education.editCourse({ courseId: course.courseId })
  moduleId = edited.modules[0]?.id ?? ''
  credential = JSON.parse(await readFile(sampleFile, 'utf8'))
})
after(() => authDb.close())

type Service = 'auth' | 'education' | 'assessment'

// Answered by the service itself: what a person asks is in no cache.
const pings: Record<Service, () => Promise<unknown>> = {
  auth: () => teacher.api.auth.me({}),
  education: () => teacher.api.education.listTaughtCourses({ limit: 1 }),
  assessment: () => teacher.api.assessment.listQuizzes({ courseId: course.courseId }),
}

const worstOf = (times: number[]) => times.reduce((worst, time) => Math.max(worst, time), 0)

/** How long the slowest of many pings takes, one after the other, until the work is done. */
async function worstPing(service: Service, work: () => Promise<unknown>): Promise<number> {
  const times: number[] = []
  let done = false
  const working = work().finally(() => {
    done = true
  })
  while (!done || times.length < 20) {
    const begun = performance.now()
    await pings[service]()
    times.push(performance.now() - begun)
  }
  await working
  return worstOf(times)
}

const deep = `${'['.repeat(450_000)}${']'.repeat(450_000)}`
const manyNames = `{${Array.from({ length: 90_000 }, (_, at) => `"k${at}":1`).join(',')}}`
const tags = '<p> '.repeat(120_000)

type Hostile = { service: Service; path(): string; body(): unknown; mine?: true; status: number }

const hostile: Record<string, Hostile> = {
  'a credential of as many statements as fit into it': {
    service: 'education',
    path: () => '/education/certificates/verify',
    body: () => ({ credential: { ...credential, evidence: Array(2400).fill({ type: ['Evidence'] }) } }),
    status: 200,
  },
  'a credential of as many statements as are read': {
    service: 'education',
    path: () => '/education/certificates/verify',
    body: () => ({ credential: { ...credential, evidence: Array(380).fill({ type: ['Evidence'] }) } }),
    status: 200,
  },
  'a credential of a hundred thousand names': {
    service: 'education',
    path: () => '/education/certificates/verify',
    body: () => `{"credential":${manyNames}}`,
    status: 400,
  },
  'a lesson of a hundred thousand tags': {
    service: 'education',
    path: () => `/education/modules/${moduleId}/lessons`,
    body: () => ({ kind: 'page', title: 'Tags', content: tags, durationMinutes: 1, required: false }),
    mine: true,
    status: 201,
  },
  'a description of forty thousand tags': {
    service: 'education',
    path: () => '/education/courses',
    body: () => ({ title: 'Tags', category: 'Tags', description: '<p> '.repeat(40_000) }),
    mine: true,
    status: 201,
  },
  'a quiz of many short texts with many tags': {
    service: 'assessment',
    path: () => '/assessment/quizzes',
    body: () => ({
      courseId: course.courseId,
      title: 'Tags',
      questions: Array.from({ length: 80 }, () => ({
        type: 'multiple_choice',
        content: '<p> '.repeat(1500),
        points: 1,
        options: [
          { content: 'a', correct: true },
          { content: 'b', correct: false },
        ],
      })),
    }),
    mine: true,
    status: 201,
  },
  'a body of brackets': {
    service: 'auth',
    path: () => '/auth/login',
    body: () => `{"email":${deep}}`,
    status: 400,
  },
  'a body of names': { service: 'auth', path: () => '/auth/login', body: () => manyNames, status: 400 },
  'a body of numbers with an escape': {
    service: 'auth',
    path: () => '/auth/login',
    body: () => `{"email":"\\u0041","password":"a","rest":[${'1,'.repeat(400_000)}1]}`,
    status: 400,
  },
}

for (const [what, { service, path, body, mine, status }] of Object.entries(hostile)) {
  test(`While ${what} arrives, the ${service} service answers everybody else.`, async t => {
    const input = body()
    const text = typeof input === 'string' ? input : JSON.stringify(input)
    const send = () =>
      request(url, 'POST', path(), {
        body: text,
        headers: { 'content-type': 'application/json' },
        token: mine ? teacher.token : null,
      })
    const answer = await send()
    assert.equal(answer.status, status, answer.text.slice(0, 300))
    // The machine may be busy with something else; it is not so three times.
    const seen: string[] = []
    for (let round = 0; round < 3; round++) {
      const quiet = await worstPing(service, async () => {})
      const loud = await worstPing(service, () => Promise.all(Array.from({ length: 4 }, send)))
      seen.push(`${Math.round(loud)} ms, and ${Math.round(quiet)} ms before`)
      if (loud <= 300 + 4 * quiet) {
        t.diagnostic(seen.join('; '))
        return
      }
    }
    assert.fail(`The slowest of the others waited ${seen.join('; ')}.`)
  })
}

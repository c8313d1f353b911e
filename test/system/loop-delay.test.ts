import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, before, test } from 'node:test'
import {
  item,
  manifestXml,
  onePage,
  resource,
  zipOf,
} from '@azora/service-education/cartridges/cartridge-fixture.ts'
import { type Answer, appoint, openAuthDatabase, type Person, request, systemUnderTest } from '../api.ts'
import { makeCourse, type TestCourse } from '../courses.ts'
import { until } from '../system.ts'

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
let slowToMark: { quizId: string; answers: Record<string, string[]> }

const sampleFile = new URL('../../credential/verify-credential.sample.json', import.meta.url)

before(async () => {
  teacher = await appoint(url, authDb, { role: 'instructor' })
  course = await makeCourse(url, teacher)
  const edited = await teacher.api.education.editCourse({ courseId: course.courseId })
  moduleId = edited.modules[0]?.id ?? ''
  slowToMark = await quizThatIsSlowToMark()
  credential = JSON.parse(await readFile(sampleFile, 'utf8'))
})
after(() => authDb.close())

/** As many patterns as a quiz may have, each as large as it may be, and the longest answers. */
async function quizThatIsSlowToMark() {
  const { courseId } = course
  const answers = Array.from({ length: 10 }, (_, at) => ({
    text: `(?:[a-c]?[b-d]?){${60 + at}}x`,
    match: 'pattern' as const,
  }))
  const question = { type: 'short_text' as const, content: 'What?', body: { answers } }
  const { id, questions } = await teacher.api.assessment.createQuiz({
    courseId,
    title: 'Patterns',
    questions: Array(5).fill(question),
  })
  return { quizId: id, answers: Object.fromEntries(questions.map(one => [one.id, ['abcd'.repeat(125)]])) }
}

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

type Hostile = {
  service: Service
  path(): string
  body(): unknown
  mine?: true
  status: number
  /** How many arrive at once; four where nothing is said. */
  atOnce?: number
  /** What is waited for after the answer. */
  until?(answer: Answer): Promise<unknown>
}

const paragraphs = (count: number) => '<p>x</p>'.repeat(count)
const option = '<response_label ident="a"><material><mattext>A</mattext></material></response_label>'
const asked = (text: string, at: number) =>
  `<item ident="q${at}"><presentation><material><mattext texttype="text/html">${text}</mattext></material><response_lid ident="r"><render_choice>${option}${option.replace('"a"', '"b"')}</render_choice></response_lid></presentation><resprocessing><respcondition><conditionvar><varequal>a</varequal></conditionvar><setvar>1</setvar></respcondition></resprocessing></item>`
const importedQuiz = (text: string) => ({
  'imsmanifest.xml': manifestXml({
    items: item('m', 'Unit', item('i', 'Quiz', '', 'q')),
    resources: resource('q', 'q.xml', 'imsqti_xmlv1p2/imscc_xmlv1p1/assessment'),
  }),
  'q.xml': `<questestinterop><assessment title="Quiz"><section>${Array.from({ length: 60 }, (_, at) => asked(text, at)).join('')}</section></assessment></questestinterop>`,
})

/** Until an import is over, and its quiz has arrived. */
async function imported(answer: Answer): Promise<void> {
  const { id } = answer.body as { id: string }
  const { courseId } = await until(
    'The import',
    async () => {
      const state = await teacher.api.education.getImport({ importId: id })
      return state.status === 'done' ? state : null
    },
    120_000,
  )
  const { modules } = await teacher.api.education.editCourse({ courseId: courseId ?? '' })
  const quizId = modules[0]?.lessons[0]?.quizId
  if (quizId) await until('The quiz', () => teacher.api.assessment.editQuiz({ quizId }).catch(() => null))
}

const cartridges: Record<'page' | 'quiz', Buffer> = {
  page: await zipOf(onePage(paragraphs(40_000))),
  quiz: await zipOf(importedQuiz('&lt;p&gt;x'.repeat(600))),
}
const anImport = {
  path: () => '/education/imports?name=a.imscc',
  mine: true,
  status: 202,
  atOnce: 2,
  until: imported,
} as const

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
  'a quiz of sixteen thousand answers': {
    service: 'assessment',
    path: () => '/assessment/quizzes',
    body: () => ({
      courseId: course.courseId,
      title: 'Answers',
      questions: Array.from({ length: 160 }, () => ({
        type: 'multiple_choice',
        content: 'Which?',
        points: 1,
        options: Array.from({ length: 100 }, (_, at) => ({ content: `<i>${at}</i>`, correct: true })),
      })),
    }),
    mine: true,
    status: 201,
    // Each is read, checked and stored in pieces of some ten milliseconds; of four at once they come one after another.
    atOnce: 2,
  },
  'an attempt that is slow to mark': {
    service: 'assessment',
    path: () => `/assessment/quizzes/${slowToMark.quizId}/preview`,
    body: () => ({ answers: slowToMark.answers }),
    mine: true,
    status: 200,
  },
  'an import of a long page': { service: 'education', body: () => cartridges.page, ...anImport },
  'an import of a quiz of long texts': { service: 'assessment', body: () => cartridges.quiz, ...anImport },
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

for (const [what, { service, path, body, mine, status, atOnce = 4, until: after }] of Object.entries(
  hostile,
)) {
  test(`While ${what} arrives, the ${service} service answers everybody else.`, async t => {
    const input = body()
    const text = typeof input === 'string' || Buffer.isBuffer(input) ? input : JSON.stringify(input)
    const send = async () => {
      const answer = await request(url, 'POST', path(), {
        body: text,
        headers: Buffer.isBuffer(text) ? {} : { 'content-type': 'application/json' },
        token: mine ? teacher.token : null,
      })
      assert.equal(answer.status, status, answer.text.slice(0, 300))
      await after?.(answer)
    }
    await send()
    const begun = performance.now()
    await send()
    const alone = performance.now() - begun
    // The machine may be busy with something else; it is not so three times.
    const seen: string[] = []
    for (let round = 0; round < 3; round++) {
      const quiet = await worstPing(service, async () => {})
      const loud = await worstPing(service, () => Promise.all(Array.from({ length: atOnce }, send)))
      seen.push(
        `${Math.round(loud)} ms, and ${Math.round(quiet)} ms before; one takes ${Math.round(alone)} ms`,
      )
      // Work on the loop makes others wait for all of it. Measured against this machine, now: no time is fixed.
      if (loud <= alone / 2 + 8 * quiet) {
        t.diagnostic(seen.join('; '))
        return
      }
    }
    assert.fail(`The slowest of the others waited ${seen.join('; ')}.`)
  })
}

import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { codeOf } from '@azora/contracts/client.ts'
import {
  item,
  manifestXml,
  onePage,
  renamed,
  resource,
  zipOf,
} from '@azora/service-education/cartridges/cartridge-fixture.ts'
import {
  appoint,
  clientFor,
  openAuthDatabase,
  type Person,
  refusal,
  signUp,
  systemUnderTest,
} from '../api.ts'
import { complete, importCartridge, makeCourse, takeQuiz, uploadFile } from '../courses.ts'
import { assertShown } from '../shown-import.ts'
import { until } from '../system.ts'

/** An instructor's way: bring a course in or make one by hand, publish it, and see who learns in it. */

const system = systemUnderTest()
const { url } = system
const authDb = openAuthDatabase(system)
let instructor: Person

before(async () => {
  instructor = await appoint(url, authDb, { role: 'instructor' })
})
after(() => authDb.close())

const quizXml = `<?xml version="1.0" encoding="UTF-8"?>
<questestinterop><assessment ident="a" title="River quiz"><section ident="root">
<item ident="q1"><itemmetadata><qtimetadata><qtimetadatafield><fieldlabel>cc_profile</fieldlabel><fieldentry>cc.multiple_choice.v0p1</fieldentry></qtimetadatafield></qtimetadata></itemmetadata>
<presentation><material><mattext texttype="text/html">&lt;p&gt;Which is a river?&lt;/p&gt;</mattext></material>
<response_lid ident="r" rcardinality="Single"><render_choice>
<response_label ident="x"><material><mattext texttype="text/plain">Table Mountain</mattext></material></response_label>
<response_label ident="y"><material><mattext texttype="text/plain">Vaal</mattext></material></response_label>
</render_choice></response_lid></presentation>
<resprocessing><respcondition continue="No"><conditionvar><varequal respident="r">y</varequal></conditionvar><setvar action="Set" varname="SCORE">100</setvar></respcondition></resprocessing></item>
</section></assessment></questestinterop>`

const linkXml = `<webLink xmlns="http://www.imsglobal.org/xsd/imsccv1p3/imswl_v1p3"><title>Atlas</title><url href="https://atlas.example/rivers"/></webLink>`

const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
)

/** A page that shows an image, a link and a quiz: one of each kind that a cartridge brings. */
const riverCartridge = () =>
  zipOf({
    'imsmanifest.xml': manifestXml({
      title: 'Rivers of the south',
      items: item(
        'm1',
        'Sources',
        item('i1', 'Springs', '', 'page') +
          item('i2', 'Atlas', '', 'link') +
          item('i3', 'River quiz', '', 'quiz'),
      ),
      resources:
        resource('page', 'pages/springs.html') +
        resource('link', 'link.xml', 'imswl_xmlv1p3') +
        resource('quiz', 'quiz/qti.xml', 'imsqti_xmlv1p2/imscc_xmlv1p3/assessment') +
        resource('pic', 'images/spring.png'),
    }),
    'pages/springs.html':
      '<html><body><h2>Springs</h2><p>See <img src="../images/spring.png" alt="A spring"></p></body></html>',
    'images/spring.png': pixel,
    'link.xml': linkXml,
    'quiz/qti.xml': quizXml,
  })

test('A cartridge becomes a draft with its page, picture, link and quiz, and the report tells of each entry.', async () => {
  const state = await importCartridge(url, instructor, await riverCartridge())
  assert.equal(state.status, 'done', JSON.stringify(state.error))
  assert.equal(state.report?.counts.lost, 0)
  assertShown(state)
  const paths = state.report?.entries.map(entry => entry.path) ?? []
  for (const path of ['pages/springs.html', 'images/spring.png', 'link.xml', 'quiz/qti.xml']) {
    assert.ok(paths.includes(path), `${path} is not in the report`)
  }
  const courseId = state.courseId ?? ''
  const course = await instructor.api.education.editCourse({ courseId })
  assert.deepEqual([course.title, course.status], ['Rivers of the south', 'draft'])
  const lessons = course.modules.flatMap(module => module.lessons)
  assert.deepEqual(
    lessons.map(lesson => [lesson.title, lesson.kind]),
    [
      ['Springs', 'page'],
      ['Atlas', 'link'],
      ['River quiz', 'quiz'],
    ],
  )
  assert.equal(lessons[1]?.linkUrl, 'https://atlas.example/rivers')
  const page = await instructor.api.education.getLesson({ lessonId: lessons[0]?.id ?? '' })
  const src = /src="([^"]+)"/.exec(page.content)?.[1] ?? ''
  const picture = await fetch(`${url}${src}`, { headers: { authorization: `Bearer ${instructor.token}` } })
  assert.deepEqual(Buffer.from(await picture.arrayBuffer()), pixel)

  const quizId = lessons[2]?.quizId ?? ''
  const quiz = await until('The quiz has come', () =>
    instructor.api.assessment.editQuiz({ quizId }).catch(() => null),
  )
  assert.deepEqual(
    quiz.questions[0]?.options.map(option => [option.content, option.correct]),
    [
      ['Table Mountain', false],
      ['Vaal', true],
    ],
  )
})

test('An imported course is edited, published, and taken by a learner to its certificate.', async () => {
  const { courseId } = await importCartridge(url, instructor, await riverCartridge())
  assert.ok(courseId)
  const { education, assessment } = instructor.api
  const draft = await education.editCourse({ courseId })
  const [page, , quizLesson] = draft.modules[0]?.lessons ?? []
  await education.saveCourse({
    courseId,
    title: 'Rivers, revised',
    summary: 'Of springs and wells.',
    level: 'advanced',
  })
  await education.saveLesson({ lessonId: page?.id ?? '', title: 'Wells', content: '<p>Wells are deep.</p>' })
  const quizId = quizLesson?.quizId ?? ''
  const quiz = await until('The quiz has come', () => assessment.editQuiz({ quizId }).catch(() => null))
  await education.publishCourse({ courseId })

  const learner = await signUp(url)
  await learner.api.education.enroll({ courseId })
  const outline = await learner.api.education.getCoursePage({ course: courseId })
  assert.equal(outline.course.title, 'Rivers, revised')
  for (const lesson of outline.modules.flatMap(module => module.lessons)) {
    if (lesson.kind !== 'quiz')
      await learner.api.education.saveProgress({ lessonId: lesson.id, completed: true })
  }
  const right = quiz.questions[0]?.options.find(option => option.correct)?.id ?? ''
  const graded = await takeQuiz(learner, quizId, right)
  assert.equal(graded.result?.passed, true)
  await until('The certificate', async () => {
    return (await learner.api.education.listCertificates()).items.find(
      one => one.courseTitle === 'Rivers, revised',
    )
  })
})

/** Entries that unpack to a thousand times their size. */
const bomb = () => zipOf({ ...onePage('<p>x</p>'), 'bomb.bin': Buffer.alloc(30 * 1024 * 1024) })
function manyFiles(): Promise<Buffer> {
  const names = Array.from({ length: 10_000 }, (_, at) => `f/${at}.txt`)
  const files = Object.fromEntries(names.map(name => [name, 'x']))
  // Packing each of them would take longer than everything that is tested here.
  const stored = Object.fromEntries(names.map(name => [name, { compress: false }]))
  return zipOf(onePage('<p>x</p>', files), stored)
}
const withManifest = (xml: string) => zipOf({ ...onePage('<p>x</p>'), 'imsmanifest.xml': xml })
const traversing = async () =>
  renamed(
    await zipOf({ ...onePage('<p>x</p>'), 'abcdefghijklm.txt': 'x' }),
    'abcdefghijklm.txt',
    '../../../../p.txt',
  )

describe('A hostile or broken upload fails with its reason, imports nothing and harms nothing:', () => {
  const cases: Record<string, [code: string, make: () => Promise<Buffer> | Buffer]> = {
    'a file that is no zip': ['not_a_zip', () => Buffer.from('%PDF-1.7 and so on')],
    'a zip cut short': ['truncated', async () => (await riverCartridge()).subarray(0, 500)],
    'a zip without a manifest': ['manifest_missing', () => zipOf({ 'readme.txt': 'hello' })],
    'a path out of the folder': ['unsafe_path', traversing],
    'a zip bomb': ['suspicious_compression', bomb],
    'malformed XML': ['malformed_xml', () => withManifest('<manifest><organizations></manifest>')],
    'an external entity': [
      'forbidden_doctype',
      () => withManifest('<!DOCTYPE m [<!ENTITY x SYSTEM "file:///etc/passwd">]><manifest>&x;</manifest>'),
    ],
    'an entity that grows without end': [
      'forbidden_doctype',
      () => withManifest('<!DOCTYPE m [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><manifest>&b;</manifest>'),
    ],
    'ten thousand files': ['too_many_entries', manyFiles],
  }
  for (const [what, [code, make]] of Object.entries(cases)) {
    test(`${what}.`, async () => {
      const taught = async () =>
        (await instructor.api.education.listTaughtCourses({ limit: 100 })).items.length
      const before = await taught()
      const state = await importCartridge(url, instructor, await make())
      assert.equal(state.status, 'failed')
      assert.equal(state.error?.code, code, state.error?.message)
      assert.ok((state.error?.message.length ?? 0) > 20, 'the message helps nobody')
      assert.ok(state.error?.reason, 'it does not say more than its code')
      assertShown(state)
      assert.doesNotMatch(JSON.stringify(state.error), /root:|node_modules|\.ts:/)
      assert.equal(state.courseId, null)
      assert.equal(await taught(), before)
      assert.equal((await fetch(`${url}/health/ready`)).status, 200)
    })
  }
})

test('Scripts in an imported page do not reach a reader.', async () => {
  const hostile = `<p onclick="steal()">Text</p><script>steal()</script><img src=x onerror=steal()>
    <a href="javascript:steal()">link</a><iframe src="https://evil.example"></iframe><svg onload=steal()></svg>
    <form action="https://evil.example"><input name=password></form>`
  const { courseId } = await importCartridge(url, instructor, await zipOf(onePage(hostile)))
  const course = await instructor.api.education.editCourse({ courseId: courseId ?? '' })
  const { content } = await instructor.api.education.getLesson({
    lessonId: course.modules[0]?.lessons[0]?.id ?? '',
  })
  assert.match(content, /Text/)
  // An embedded page is offered as a link instead.
  assert.doesNotMatch(content, /steal|script|onerror|onload|<iframe|<form|<input/i)
})

test('A cartridge with absurd names is imported under names that are fit to show.', async () => {
  const name = `\u202egpj.exe ${'long '.repeat(60)}`
  const files = onePage('<p>x</p>', { [`files/${'n'.repeat(240)}.txt`]: 'x', 'files/\u202etxt.exe': 'y' })
  const state = await importCartridge(url, instructor, await zipOf(files), name.slice(0, 190))
  assert.equal(state.status, 'done', JSON.stringify(state.error))
  assert.doesNotMatch(state.fileName, /\p{Cf}/u)
  const { attachments } = await instructor.api.education.editCourse({ courseId: state.courseId ?? '' })
  for (const file of attachments) {
    assert.doesNotMatch(file.name, /\p{Cf}|\//u)
    assert.ok(file.name.length <= 180)
  }
})

test('A course is made by hand of every kind of lesson.', async () => {
  const { education, assessment } = instructor.api
  const { id: courseId } = await education.createCourse({ title: 'By hand', category: 'Craft' })
  const moduleId = (await education.createModule({ courseId, title: 'One' })).modules[0]?.id ?? ''
  const file = (await uploadFile(url, instructor, courseId, 'plan.pdf', '%PDF-1.4')).body as {
    id: string
    mediaType: string
  }
  assert.equal(file.mediaType, 'application/pdf')
  const quiz = await assessment.createQuiz({ courseId, title: 'Check' })
  const add = (kind: 'page' | 'video' | 'file' | 'link' | 'quiz', extra: object) =>
    education.createLesson({ moduleId, kind, title: `A ${kind}`, ...extra })
  await add('page', { content: '<p>Read <b>this</b><script>x()</script></p>' })
  await add('video', { linkUrl: 'https://video.example/1' })
  await add('file', { fileId: file.id })
  await add('link', { linkUrl: 'https://pages.example' })
  await add('quiz', { quizId: quiz.id })
  for (const [kind, missing] of [
    ['file', 'fileId'],
    ['link', 'linkUrl'],
    ['quiz', 'quizId'],
  ] as const) {
    const failure = await add(kind, {}).catch(thrown => thrown)
    assert.equal(codeOf(failure), 'invalid_input')
    assert.equal(failure.data.fields[0].path, missing)
  }
  const course = await education.editCourse({ courseId })
  assert.deepEqual(
    course.modules[0]?.lessons.map(lesson => lesson.kind),
    ['page', 'video', 'file', 'link', 'quiz'],
  )
  const page = await education.editLesson({ lessonId: course.modules[0]?.lessons[0]?.id ?? '' })
  assert.equal(page.content, '<p>Read <b>this</b></p>')
})

test('A file of another course cannot be put into a lesson.', async () => {
  const mine = await makeCourse(url, instructor, { publish: false })
  const other = await makeCourse(url, instructor, { publish: false })
  const stolen = instructor.api.education.createLesson({
    moduleId: mine.moduleId,
    kind: 'file',
    title: 'Stolen',
    fileId: other.fileId,
  })
  assert.equal(await refusal(stolen), 'invalid_input')
})

test('Lessons move between modules, and an arrangement that is out of date is refused.', async () => {
  const course = await makeCourse(url, instructor, { publish: false })
  const { courseId, moduleId, pageId, fileLessonId, quizLessonId } = course
  const { education } = instructor.api
  const second = (await education.createModule({ courseId, title: 'Two' })).modules[1]?.id ?? ''
  const arranged = await education.arrangeCourse({
    courseId,
    modules: [
      { id: second, lessonIds: [quizLessonId, pageId] },
      { id: moduleId, lessonIds: [fileLessonId] },
    ],
  })
  const order = (modules: typeof arranged.modules) =>
    modules.map(module => module.lessons.map(lesson => lesson.id))
  assert.deepEqual(order(arranged.modules), [[quizLessonId, pageId], [fileLessonId]])
  await education.deleteLesson({ lessonId: fileLessonId })
  for (const lessonIds of [
    [quizLessonId, pageId, fileLessonId],
    [quizLessonId],
    [quizLessonId, quizLessonId],
  ]) {
    const modules = [
      { id: second, lessonIds },
      { id: moduleId, lessonIds: [] },
    ]
    assert.equal(await refusal(education.arrangeCourse({ courseId, modules })), 'conflict')
  }
  assert.deepEqual(order((await education.editCourse({ courseId })).modules), [[quizLessonId, pageId], []])
})

test('A course without lessons is not published.', async () => {
  const { id: courseId } = await instructor.api.education.createCourse({ title: 'Empty', category: 'None' })
  assert.equal(await refusal(instructor.api.education.publishCourse({ courseId })), 'course_not_publishable')
  assert.equal(await refusal(clientFor(url, null).education.getCourse({ course: courseId })), 'not_found')
})

test('A course with learners is not deleted; archived, it leaves the catalogue and stays with them.', async () => {
  const { courseId, pageId } = await makeCourse(url, instructor)
  const learner = await signUp(url)
  await learner.api.education.enroll({ courseId })
  assert.equal(await refusal(instructor.api.education.deleteCourse({ courseId })), 'course_has_learners')
  await instructor.api.education.archiveCourse({ courseId })
  assert.equal(await refusal(clientFor(url, null).education.getCourse({ course: courseId })), 'not_found')
  const late = await signUp(url)
  assert.equal(await refusal(late.api.education.enroll({ courseId })), 'not_found')
  assert.equal((await learner.api.education.getLesson({ lessonId: pageId })).title, 'Springs')
})

test('A course that nobody is in is deleted with its quizzes.', async () => {
  const { courseId, quizId } = await makeCourse(url, instructor)
  await instructor.api.education.deleteCourse({ courseId })
  assert.equal(await refusal(instructor.api.education.editCourse({ courseId })), 'not_found')
  await until(
    'The quiz is gone',
    async () => (await refusal(instructor.api.assessment.editQuiz({ quizId }))) === 'not_found',
  )
})

test('The roster shows how far each learner has come.', async () => {
  const course = await makeCourse(url, instructor)
  const [finished, begun, idle] = await Promise.all([
    signUp(url, 'Finished'),
    signUp(url, 'Begun'),
    signUp(url, 'Idle'),
  ])
  await complete(finished, course)
  for (const learner of [begun, idle]) await learner.api.education.enroll({ courseId: course.courseId })
  await begun.api.education.saveProgress({ lessonId: course.pageId, completed: true })
  const roster = await until('All names are known', async () => {
    const { items } = await instructor.api.education.getRoster({ courseId: course.courseId })
    return items.every(entry => entry.name) && items
  })
  const shown = roster.map(entry => [
    entry.name,
    entry.progressPercent,
    entry.lessonsDone,
    entry.bestQuizPercent,
  ])
  assert.deepEqual(shown.sort(), [
    ['Begun', 33, 1, null],
    ['Finished', 100, 3, 100],
    ['Idle', 0, 0, null],
  ])
  const submissions = await instructor.api.assessment.listSubmissions({ quizId: course.quizId })
  assert.deepEqual(
    submissions.items.map(entry => [entry.userId, entry.passed]),
    [[finished.userId, true]],
  )
})

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { ErrorBody } from '@azora/contracts/errors.ts'
import { sql } from '@azora/kit/sql.ts'
import { item, manifestXml, resource, zipOf } from '@azora/service-education/cartridges/cartridge-fixture.ts'
import {
  appoint,
  openAuthDatabase,
  openDatabaseOf,
  type Person,
  refusal,
  signUp,
  systemUnderTest,
} from '../api.ts'
import { fileText, importCartridge, makeCourse, takeQuiz, tick, uploadFile } from '../courses.ts'
import { until } from '../system.ts'

/** The files of a course: where each is used, its content replaced, and deleted only when it is used nowhere. */

const system = systemUnderTest()
const { url } = system
const authDb = openAuthDatabase(system)
const educationDb = openDatabaseOf('education', system)
let instructor: Person
before(async () => {
  instructor = await appoint(url, authDb, { role: 'instructor' })
})
after(async () => {
  await authDb.close()
  await educationDb.close()
})

/** As if the minute of a hold were over. */
const free = (fileId: string) =>
  educationDb.in(instructor.organizationId).run(sql`update files set held_until = null where id = ${fileId}`)

type Stored = { id: string; url: string; name: string }

async function upload(courseId: string, name: string, body: string | Uint8Array = name): Promise<Stored> {
  const answer = await uploadFile(url, instructor, courseId, name, body)
  assert.equal(answer.status, 201)
  return answer.body as Stored
}

const question = (content: string) => ({
  type: 'single_choice' as const,
  content,
  options: [
    { id: tick, content: 'Right', correct: true },
    { id: 'b', content: 'Wrong', correct: false },
  ],
})

const usesOf = async (courseId: string, fileId: string) => {
  const { items } = await instructor.api.education.listFiles({ courseId, limit: 100 })
  return items.find(file => file.id === fileId)?.uses.map(use => [use.kind, use.id])
}

test('Every file is listed with every place that uses it, and cannot be deleted while there is one.', async () => {
  const { courseId, moduleId } = await makeCourse(url, instructor, { publish: false })
  const { education, assessment } = instructor.api
  const file = await upload(courseId, 'map.png')
  const image = `<p><img src="${file.url}" alt="A map"></p>`
  assert.deepEqual(await usesOf(courseId, file.id), [])

  await education.saveCourse({ courseId, coverFileId: file.id, description: image })
  const page = await education.createLesson({ moduleId, kind: 'page', title: 'A page', content: image })
  const below = await education.createLesson({
    moduleId,
    kind: 'page',
    title: 'Attached',
    content: '<p>Below.</p>',
    attachmentIds: [file.id],
  })
  const quiz = await assessment.createQuiz({ courseId, title: 'With a map', questions: [question(image)] })
  const places = [
    ['cover', courseId],
    ['description', courseId],
    ['lesson', page.id],
    ['lesson', below.id],
    ['quiz', quiz.id],
  ]
  assert.deepEqual(await usesOf(courseId, file.id), places)
  const refused = await education.deleteFile({ fileId: file.id }).then(
    () => null,
    (failure: ErrorBody) => failure,
  )
  assert.equal(refused?.code, 'file_in_use')
  assert.deepEqual(
    refused?.data?.uses?.map(use => [use.kind, use.id]),
    places,
  )

  const takeOut = [
    () => education.saveCourse({ courseId, coverFileId: null }),
    () => education.saveCourse({ courseId, description: '<p>No map.</p>' }),
    () => education.saveLesson({ lessonId: page.id, title: 'A page', content: '<p>No map.</p>' }),
    () => education.deleteLesson({ lessonId: below.id }),
    () => assessment.saveQuiz({ ...quiz, quizId: quiz.id, questions: [question('<p>No map.</p>')] }),
  ]
  for (const step of takeOut) {
    assert.equal(await refusal(education.deleteFile({ fileId: file.id })), 'file_in_use')
    await step()
  }
  assert.deepEqual(await usesOf(courseId, file.id), [])
  // The quiz held it for its save; a minute later, and here sooner, it is free.
  await free(file.id)
  await education.deleteFile({ fileId: file.id })
  const gone = await fetch(`${url}${file.url}`, { headers: { authorization: `Bearer ${instructor.token}` } })
  assert.equal(gone.status, 404)
  assert.equal(await refusal(education.deleteFile({ fileId: file.id })), 'not_found')
})

test('When a lesson is saved with a file while that is deleted, one of the two is refused, in either order.', async () => {
  const { courseId, moduleId, pageId } = await makeCourse(url, instructor, { publish: false })
  const { education } = instructor.api
  let [taken, gone] = [0, 0]
  for (let round = 0; round < 8; round++) {
    const file = await upload(courseId, `round-${round}.png`)
    const content = `<p><img src="${file.url}" alt="Round"></p>`
    const save =
      round % 4 < 2
        ? () => refusal(education.saveLesson({ lessonId: pageId, title: 'Springs', content }))
        : () => refusal(education.createLesson({ moduleId, kind: 'file', title: 'New', fileId: file.id }))
    const remove = () => refusal(education.deleteFile({ fileId: file.id }))
    const first = round % 2 ? null : remove()
    const [saved, removed] = await Promise.all([save(), first ?? remove()])
    if (saved === 'no refusal') {
      assert.equal(removed, 'file_in_use')
      assert.equal((await usesOf(courseId, file.id))?.length, 1)
      taken += 1
    } else {
      assert.deepEqual([saved, removed], ['invalid_input', 'no refusal'])
      gone += 1
    }
  }
  assert.equal(taken + gone, 8)
})

test('One after the other it is the same: saved first, the file stays; deleted first, the text is refused.', async () => {
  const { courseId, pageId } = await makeCourse(url, instructor, { publish: false })
  const { education, assessment } = instructor.api
  const file = await upload(courseId, 'order.png')
  const content = `<p><img src="${file.url}" alt="Order"></p>`
  await education.saveLesson({ lessonId: pageId, title: 'Springs', content })
  assert.equal(await refusal(education.deleteFile({ fileId: file.id })), 'file_in_use')
  await education.saveLesson({ lessonId: pageId, title: 'Springs', content: '<p>Text.</p>' })
  await education.deleteFile({ fileId: file.id })
  const lesson = { lessonId: pageId, title: 'Springs', content }
  assert.equal(await refusal(education.saveLesson(lesson)), 'invalid_input')
  assert.equal(await refusal(education.saveCourse({ courseId, description: content })), 'invalid_input')
  const quiz = { courseId, title: 'Late', questions: [question(content)] }
  assert.equal(await refusal(assessment.createQuiz(quiz)), 'invalid_input')
})

test('When a quiz is saved with a file while that is deleted, one of the two is refused, in either order.', async () => {
  const { courseId } = await makeCourse(url, instructor, { publish: false })
  const { education, assessment } = instructor.api
  for (let round = 0; round < 8; round++) {
    const file = await upload(courseId, `quiz-${round}.png`)
    const save = () =>
      refusal(
        assessment.createQuiz({
          courseId,
          title: `Round ${round}`,
          questions: [question(`<p><img src="${file.url}" alt="Round"></p>`)],
        }),
      )
    const remove = () => refusal(education.deleteFile({ fileId: file.id }))
    const first = round % 2 ? null : remove()
    const [saved, removed] = await Promise.all([save(), first ?? remove()])
    if (saved === 'no refusal') assert.equal(removed, 'file_in_use')
    else assert.deepEqual([saved, removed], ['invalid_input', 'no refusal'])
  }
})

test('A file that only an earlier version of an attempted question shows stays, for its attempts show it.', async () => {
  const { courseId, moduleId } = await makeCourse(url, instructor)
  const { education, assessment } = instructor.api
  const file = await upload(courseId, 'earlier.png')
  const quiz = await assessment.createQuiz({
    courseId,
    title: 'Earlier',
    questions: [question(`<p><img src="${file.url}" alt="Which?"></p>`)],
  })
  await education.createLesson({
    moduleId,
    kind: 'quiz',
    title: 'Earlier',
    quizId: quiz.id,
    status: 'published',
  })
  const learner = await signUp(url)
  await learner.api.education.enroll({ courseId })
  await takeQuiz(learner, quiz.id)
  await assessment.saveQuiz({ ...quiz, quizId: quiz.id, questions: [question('<p>Which?</p>')] })
  await free(file.id)
  assert.equal(await refusal(education.deleteFile({ fileId: file.id })), 'file_in_use')
})

test('A file that only an imported quiz shows is known to be used from the start.', async () => {
  const qti = `<?xml version="1.0" encoding="UTF-8"?>
<questestinterop xmlns="http://www.imsglobal.org/xsd/ims_qtiasiv1p2"><assessment ident="a" title="Maps"><section ident="s">
<item ident="q" title="Q"><presentation><material><mattext texttype="text/html">&lt;img src="../map.png" alt="Map"&gt;</mattext></material>
<response_lid ident="r" rcardinality="Single"><render_choice>
<response_label ident="a"><material><mattext>One</mattext></material></response_label>
<response_label ident="b"><material><mattext>Two</mattext></material></response_label></render_choice></response_lid></presentation>
<resprocessing><outcomes><decvar varname="SCORE" maxvalue="100" minvalue="0" vartype="Decimal"/></outcomes>
<respcondition><conditionvar><varequal respident="r">a</varequal></conditionvar><setvar varname="SCORE" action="Set">100</setvar></respcondition></resprocessing>
</item></section></assessment></questestinterop>`
  const cartridge = await zipOf({
    'imsmanifest.xml': manifestXml({
      items: item('m1', 'Unit', item('i1', 'Maps', '', 'r1')),
      resources:
        resource('r1', 'quiz/quiz.xml', 'imsqti_xmlv1p2/imscc_xmlv1p3/assessment') +
        resource('r2', 'map.png'),
    }),
    'quiz/quiz.xml': qti,
    'map.png': 'a map',
  })
  const { courseId, error } = await importCartridge(url, instructor, cartridge)
  assert.equal(error, null)
  const { education } = instructor.api
  const { items } = await education.listFiles({ courseId: courseId ?? '' })
  const [map] = items
  assert.ok(map)
  assert.equal(await refusal(education.deleteFile({ fileId: map.id })), 'file_in_use')
  await until('The quiz has come', async () => (await usesOf(courseId ?? '', map.id))?.[0]?.[0] === 'quiz')
  await free(map.id)
  assert.equal(await refusal(education.deleteFile({ fileId: map.id })), 'file_in_use')
})

test('A replaced file has its address still, and its new content at once for those who had the old.', async () => {
  const { courseId, fileId, fileUrl } = await makeCourse(url, instructor)
  const learner = await signUp(url)
  await learner.api.education.enroll({ courseId })
  const read = (headers: Record<string, string> = {}) =>
    fetch(`${url}${fileUrl}`, { headers: { authorization: `Bearer ${learner.token}`, ...headers } })
  const before = await read()
  const tag = before.headers.get('etag') ?? ''
  assert.equal(await before.text(), fileText)
  assert.match(before.headers.get('cache-control') ?? '', /no-cache/)
  assert.equal((await read({ 'if-none-match': tag })).status, 304)

  const replace = (name: string, body: string) =>
    fetch(`${url}/api/v1/education/files/${fileId}/content?name=${name}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${instructor.token}` },
      body,
    })
  assert.equal((await replace('rivers.pdf', 'no text')).status, 400)
  const answer = await replace('rivers-2.txt', 'Lakes hold water.')
  assert.equal(answer.status, 200)
  assert.deepEqual(await answer.json(), {
    id: fileId,
    name: 'rivers.txt',
    mediaType: 'text/plain',
    size: 17,
    url: fileUrl,
  })
  const after = await read({ 'if-none-match': tag })
  assert.deepEqual([after.status, await after.text()], [200, 'Lakes hold water.'])
  // Who is in the midst of the old content is not given a part of the new one.
  const other = await read({ range: 'bytes=0-3', 'if-range': tag })
  assert.deepEqual([other.status, await other.text()], [200, 'Lakes hold water.'])
  const same = await read({ range: 'bytes=0-3', 'if-range': after.headers.get('etag') ?? '' })
  assert.deepEqual([same.status, await same.text()], [206, 'Lake'])
  const uses = await usesOf(courseId, fileId)
  assert.equal(uses?.length, 1)
  const empty = await replace('rivers.txt', '')
  assert.equal(empty.status, 400)
  assert.equal(await (await read()).text(), 'Lakes hold water.')
})

test('Files are found by kind and by a part of their name, and come page by page.', async () => {
  const { courseId } = await makeCourse(url, instructor, { publish: false })
  for (const name of ['Atlas.PDF', 'atlas.png', 'delta.mp4', 'song_100%.mp3', 'delta.png'])
    await upload(courseId, name)
  const { listFiles } = instructor.api.education
  const names = async (search: object) =>
    (await listFiles({ courseId, ...search })).items.map(file => file.name)
  assert.deepEqual(await names({ kind: 'image' }), ['atlas.png', 'delta.png'])
  assert.deepEqual(await names({ kind: 'video' }), ['delta.mp4'])
  assert.deepEqual(await names({ kind: 'audio' }), ['song_100%.mp3'])
  assert.deepEqual(await names({ kind: 'document' }), ['Atlas.PDF', 'rivers.txt'])
  assert.deepEqual(await names({ q: 'ATLAS' }), ['Atlas.PDF', 'atlas.png'])
  assert.deepEqual(await names({ q: '0%' }), ['song_100%.mp3'])
  const all: string[] = []
  let cursor: string | undefined
  do {
    const page = await listFiles({ courseId, limit: 2, ...(cursor ? { cursor } : {}) })
    all.push(...page.items.map(file => file.name))
    cursor = page.nextCursor ?? undefined
  } while (cursor)
  assert.deepEqual(all, ['Atlas.PDF', 'atlas.png', 'delta.mp4', 'delta.png', 'rivers.txt', 'song_100%.mp3'])
})

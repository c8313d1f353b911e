import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { PassThrough, Readable } from 'node:stream'
import { after, before, test } from 'node:test'
import { uploadRead } from '@azora/contracts/assessment/uploaded-file.ts'
import { sql } from '@azora/kit/sql.ts'
import { createTestKit, type TestKit, untilBlocked } from '@azora/kit/testing.ts'
import { v7 as uuidv7 } from 'uuid'
import { getAnswerToMark, listAnswersToMark } from '../marking/mark-answers.ts'
import { setMarking } from '../marking/marking-settings.ts'
import { saveMark } from '../marking/save-mark.ts'
import { assessmentPersonalData } from '../privacy/personal-data.ts'
import { assessment } from '../service.ts'
import { readAttempt, saveAnswers, submitAttempt } from '../submissions/attempt.ts'
import { createAttemptFixture } from '../submissions/attempt-fixture.ts'
import { lockOptionalAttempt } from '../submissions/submissions.store.ts'
import { addUpload } from './add-upload.ts'
import { sweepUploads } from './sweep-uploads.ts'
import { createUploadFixture, samples, sent } from './upload-fixture.ts'
import { selectOptionalUpload } from './uploads.store.ts'

/** Files that are handed in, on their way into an attempt. */

let kit: TestKit
let fixture: ReturnType<typeof createUploadFixture>
before(async () => {
  kit = await createTestKit(assessment)
  fixture = createUploadFixture(kit)
})
after(() => kit.dispose())

const png = samples['sketch.png']
const names = ({ answer }: { answer: string[] }) => answer.map(text => uploadRead(text)?.name)
const keyOf = async (id: string) => (await selectOptionalUpload(fixture.school, id))?.blobKey as string
const isThere = async (key: string) => {
  const content = await kit.blobs.get(key)
  content?.destroy()
  return content !== null
}
const teacher = () => ({
  ...fixture.person(),
  others: { education: { getCourseAccess: async () => ({ author: true, enrolled: false }) } } as never,
})

test('Files that arrived are the answer, and what a device says of them is passed over.', async () => {
  const { add, remove, learner, submissionId, questionId } = await fixture.openAttempt()
  const [one, two] = [uuidv7(), uuidv7()]
  await add('a.png', png, one)
  assert.deepEqual(names(await add('../../etc/b.pdf', samples['scan.pdf'], two)), ['a.png', 'b.pdf'])
  await saveAnswers(fixture.tools, learner, submissionId, { [questionId]: [] })
  const shown = await readAttempt(fixture.tools, learner, submissionId)
  assert.equal(shown.answers[questionId]?.length, 2)
  assert.deepEqual(names(await remove(one)), ['b.pdf'])
  assert.deepEqual(names(await remove(one)), ['b.pdf'], 'to take it out again changes nothing')
  const over = await submitAttempt(fixture.tools, learner, submissionId, { [questionId]: ['forged'] })
  assert.equal(over.awaitsMarking, true)
  assert.deepEqual(names({ answer: over.answers[questionId] as string[] }), ['b.pdf'])
})

test('To send a file again with its id changes nothing.', async () => {
  const { add, learner, submissionId } = await fixture.openAttempt()
  const id = uuidv7()
  const first = await add('a.png', png, id)
  assert.deepEqual(await add('a.png', png, id), first)
  await submitAttempt(fixture.tools, learner, submissionId, {})
  assert.deepEqual(await add('a.png', png, id), first, 'it is told that it arrived after the end too')
})

test('Of two tries at once one is kept, and the answer has the file once.', async () => {
  const { add } = await fixture.openAttempt()
  const id = uuidv7()
  const slow = new PassThrough()
  const first = add('a.png', slow, id)
  slow.write(png)
  while (!(await selectOptionalUpload(fixture.school, id))) await new Promise(setImmediate)
  const second = await add('a.png', png, id)
  slow.end()
  await assert.rejects(first)
  assert.deepEqual(await add('a.png', png, id), second)
  assert.equal(second.answer.length, 1)
})

test('No more files count than are asked for, also of those that arrive at once.', async () => {
  const { add } = await fixture.openAttempt({ asks: { mostFiles: 1 } })
  const done = await Promise.allSettled([add('a.png', png), add('b.png', png), add('c.png', png)])
  assert.equal(done.filter(({ status }) => status === 'fulfilled').length, 1)
  for (const one of done) if (one.status === 'rejected') assert.equal(one.reason.code, 'too_many_files')
})

for (const first of ['upload', 'submit'] as const) {
  test(`An attempt that ends while a file arrives: the ${first} is first.`, async () => {
    const { add, learner, submissionId, questionId } = await fixture.openAttempt()
    const id = uuidv7()
    const content = new PassThrough()
    const arriving = add('a.png', content, id)
    arriving.catch(() => {})
    while (!(await selectOptionalUpload(fixture.school, id))) await new Promise(setImmediate)
    const held = Promise.withResolvers<void>()
    const locked = Promise.withResolvers<void>()
    const blocker = fixture.school.transaction(async tx => {
      await lockOptionalAttempt(tx, submissionId)
      locked.resolve()
      await held.promise
    })
    await locked.promise
    const begin = {
      upload: () => {
        content.end(png)
        return arriving
      },
      submit: () => submitAttempt(fixture.tools, learner, submissionId, {}),
    }
    const one = begin[first]()
    one.catch(() => {})
    await untilBlocked(kit.db)
    const two = begin[first === 'upload' ? 'submit' : 'upload']()
    two.catch(() => {})
    await untilBlocked(kit.db, 2)
    held.resolve()
    await blocker
    const upload = first === 'upload' ? one : two
    if (first === 'upload') await upload
    else await assert.rejects(upload, { code: 'attempt_closed' })
    await (first === 'upload' ? two : one)
    const shown = await readAttempt(fixture.tools, learner, submissionId)
    assert.equal(shown.answers[questionId]?.length ?? 0, first === 'upload' ? 1 : 0)
    assert.equal((await selectOptionalUpload(fixture.school, id)) !== null, first === 'upload')
  })
}

test('A file reaches no attempt but one’s own that is open, and no question that asks for none.', async () => {
  const { add, submissionId, choiceId, learner, ...open } = await fixture.openAttempt()
  const other = fixture.person()
  await assert.rejects(add('a.png', png, uuidv7(), other), { code: 'not_found' })
  const elsewhere = createAttemptFixture(kit).person()
  await assert.rejects(
    add('a.png', png, uuidv7(), {
      ...elsewhere,
      actor: { ...elsewhere.actor, userId: learner.actor.userId },
    }),
    {
      code: 'not_found',
    },
  )
  const place = { submissionId, uploadId: uuidv7(), name: 'a.png' }
  const foreign = (await fixture.openAttempt()).questionId
  for (const questionId of [choiceId, foreign, randomUUID()])
    await assert.rejects(addUpload(fixture.tools, learner, { ...place, questionId }, sent(png)), {
      code: 'not_found',
    })
  const id = uuidv7()
  await add('a.png', png, id)
  const second = await fixture.openAttempt({ learner })
  await assert.rejects(second.add('a.png', png, id), { code: 'not_found' }, 'its id is taken')
  await assert.rejects(open.remove(id, other), { code: 'not_found' })
  await submitAttempt(fixture.tools, learner, submissionId, {})
  await assert.rejects(add('b.png', png), { code: 'attempt_closed' })
  await assert.rejects(open.remove(id), { code: 'attempt_closed' })
})

test('After the time is over nothing arrives.', async () => {
  const { add, submissionId, questionId, learner } = await fixture.openAttempt({
    settings: { timeLimitMinutes: 10 },
  })
  await add('a.png', png)
  await fixture.endedAgo(submissionId, 3000)
  await assert.rejects(add('b.png', png), { code: 'attempt_closed' })
  const over = await readAttempt(fixture.tools, learner, submissionId)
  assert.deepEqual([over.state, over.answers[questionId]?.length], ['graded', 1])
})

test('What is hostile is refused, and leaves nothing behind but a note to delete it.', async () => {
  const { add, submissionId } = await fixture.openAttempt()
  const bad: [string, Buffer, string][] = [
    ['a.png', Buffer.from('<svg onload="alert(1)">'), 'invalid_input'],
    ['a.pdf', Buffer.from('<html><script>alert(1)</script>'), 'invalid_input'],
    ['a.jpg', Buffer.from('\0\0\0\x20ftypheic....'), 'invalid_input'],
    ['a.png', Buffer.alloc(0), 'invalid_input'],
    ['a.png', Buffer.concat([png, Buffer.alloc(100_000)]), 'payload_too_large'],
  ]
  for (const [name, content, code] of bad) await assert.rejects(add(name, content), { code }, name)
  const rows = await fixture.school.run(sql`select from uploads where submission_id = ${submissionId}`)
  assert.equal(rows, 0)
  const endless = Readable.from(
    (function* () {
      for (;;) yield png
    })(),
  )
  await assert.rejects(add('a.png', endless), { code: 'payload_too_large' })
  // Cut off after its beginning it is a picture that shows nothing: a person sees that.
  assert.equal((await add('cut.png', png.subarray(0, 10))).answer.length, 1)
})

test('A name is cleaned of paths, of signs that turn its direction, and of length.', async () => {
  const { add } = await fixture.openAttempt()
  await add('..\\..\\windows\\a.png', png)
  await add('photo\u202egnp.exe', png)
  const told = names(await add(`${'n'.repeat(300)}.png`, png))
  assert.deepEqual(told.slice(0, 2), ['a.png', 'photognp.exe.png'])
  assert.equal(told[2]?.length, 180)
})

test('The quota of the school holds, also for files that arrive at once.', async () => {
  const own = createUploadFixture(kit)
  const config = { ...kit.config, storageQuota: { schoolBytes: png.length * 2, personBytes: png.length * 9 } }
  const { submissionId, questionId, learner } = await own.openAttempt({ asks: { mostFiles: 9 } })
  const length = { 'content-length': String(png.length) }
  const add = () =>
    addUpload(
      { ...own.tools, config },
      learner,
      { submissionId, questionId, uploadId: uuidv7(), name: 'a.png' },
      sent(png, length),
    )
  const done = await Promise.allSettled([add(), add(), add(), add()])
  assert.equal(done.filter(({ status }) => status === 'fulfilled').length, 2)
  for (const one of done)
    if (one.status === 'rejected') assert.equal(one.reason.code, 'storage_quota_reached')
})

test('What was given up or removed is deleted, and so is what never came; what counts stays.', async () => {
  const { add, remove, ...place } = await fixture.openAttempt()
  const [kept, gone, lost] = [uuidv7(), uuidv7(), uuidv7()]
  await add('a.png', png, kept)
  await add('b.png', png, gone)
  const keys = { kept: await keyOf(kept), gone: await keyOf(gone) }
  await remove(gone)
  const never = new PassThrough()
  const hanging = add('c.png', never, lost)
  while (!(await selectOptionalUpload(fixture.school, lost))) await new Promise(setImmediate)
  await sweepUploads(kit)
  assert.ok(await selectOptionalUpload(fixture.school, lost), 'what still arrives is let be')
  await fixture.school.run(
    sql`update uploads set begun_at = begun_at - interval '2 hours' where id = ${lost}`,
  )
  await sweepUploads(kit)
  await sweepUploads(kit)
  assert.equal(await selectOptionalUpload(fixture.school, lost), null)
  never.end(png)
  await assert.rejects(hanging)
  assert.deepEqual([await isThere(keys.kept), await isThere(keys.gone)], [true, false])
  assert.ok(place.submissionId)
})

test('A person takes along what they handed in, and it goes with them.', async () => {
  const { add, learner } = await fixture.openAttempt()
  const id = uuidv7()
  await add('a.png', png, id)
  const key = await keyOf(id)
  const { userId } = learner.actor
  const parts = await assessmentPersonalData.gather(fixture.school, userId)
  const told = parts.find(({ name }) => name === 'uploads.json')?.content as { name: string }[]
  assert.deepEqual(
    told.map(({ name }) => name),
    ['a.png'],
  )
  await fixture.school.transaction(tx => assessmentPersonalData.erase(tx, userId))
  await sweepUploads(kit)
  assert.deepEqual([await selectOptionalUpload(fixture.school, id), await isThere(key)], [null, false])
})

test('The desk shows the files, without their names where those are hidden, and a mark grades the attempt.', async () => {
  const { add, quizId, learner, submissionId } = await fixture.openAttempt()
  await add('Lerato river.PNG', png)
  await submitAttempt(fixture.tools, learner, submissionId, {})
  const by = teacher()
  const { items } = await listAnswersToMark(fixture.tools, by, quizId)
  const answerId = items[0]?.id as string
  const shown = await getAnswerToMark(fixture.tools, by, answerId)
  assert.deepEqual(
    shown.files.map(({ name, mediaType }) => [name, mediaType]),
    [['Lerato river.PNG', 'image/png']],
  )
  await setMarking(fixture.tools, by, quizId, { release: 'at_once', anonymous: true })
  const nameless = await getAnswerToMark(fixture.tools, by, answerId)
  assert.ok(!JSON.stringify(nameless).includes('Lerato'))
  assert.equal(nameless.files[0]?.name, 'file-1.png')
  const mark = { revision: nameless.revision, levels: {}, awarded: 2, comment: 'Well drawn.', done: true }
  assert.equal((await saveMark(fixture.tools, by, answerId, mark)).graded, true)
  const graded = await readAttempt(fixture.tools, learner, submissionId)
  assert.equal(graded.result?.score, 2)
})

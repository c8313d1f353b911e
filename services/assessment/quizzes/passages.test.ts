import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { questionInput } from '@azora/contracts/assessment/question.ts'
import { limits } from '@azora/contracts/limits.ts'
import { createTestKit, overlapped, type TestKit } from '@azora/kit/testing.ts'
import { v7 as uuidv7 } from 'uuid'
import { getReview } from '../results/review.ts'
import { assessment } from '../service.ts'
import { readAttempt, saveAnswers, submitAttempt } from '../submissions/attempt.ts'
import { createAttemptFixture } from '../submissions/attempt-fixture.ts'
import { nextQuestion } from '../submissions/next-question.ts'
import { startAttempt } from '../submissions/start-attempt.ts'
import { mergeAnswers, updateAnswers } from '../submissions/submissions.store.ts'
import { createQuiz, duplicateQuiz, editQuiz, saveQuiz } from './author-quiz.ts'
import { selectFileUses } from './quiz-files.store.ts'
import { plainSettings } from './quiz-fixture.ts'
import type { QuizSettings } from './quizzes.store.ts'
import { countPassages } from './testing.store.ts'
import type { PassageInput } from './written-passages.ts'

/** Questions under one text: how they are kept, asked and changed. */

let kit: TestKit
let fixture: ReturnType<typeof createAttemptFixture>
before(async () => {
  kit = await createTestKit(assessment)
  fixture = createAttemptFixture(kit)
})
after(() => kit.dispose())

const question = (text: string, passageId?: string | null, id?: string) =>
  questionInput.parse({
    ...(id ? { id } : {}),
    ...(passageId === undefined ? {} : { passageId }),
    type: 'single_choice',
    content: `<p>${text}</p>`,
    options: [
      { id: 'a', content: `${text} right`, correct: true },
      { id: 'b', content: `${text} wrong`, correct: false },
    ],
  })

type Input = ReturnType<typeof question>

/** A quiz of a question alone, two under a text, and another alone. */
async function quizWithText(settings: Partial<QuizSettings> = {}) {
  const teacher = fixture.person({ author: true })
  const name = uuidv7()
  const quiz = await createQuiz(fixture.tools, teacher, {
    ...plainSettings,
    ...settings,
    courseId: uuidv7(),
    passages: [{ id: name, content: '<p>The first text.</p>', shuffle: false }],
    questions: [question('one'), question('two', name), question('three', name), question('four')],
  })
  const ids = quiz.questions.map(({ id }) => id)
  const [passage] = quiz.passages
  assert.ok(passage)
  return {
    teacher,
    quiz,
    ids,
    passage,
    edit: () => editQuiz(fixture.tools, teacher, quiz.id),
    save: (questions: Input[], passages?: PassageInput[]) =>
      saveQuiz(fixture.tools, teacher, {
        ...plainSettings,
        ...settings,
        quizId: quiz.id,
        questions,
        ...(passages ? { passages } : {}),
      }),
    begin: async (learner = fixture.person()) => ({
      learner,
      attempt: await startAttempt(fixture.tools, learner, quiz.id, undefined),
    }),
  }
}

const textsOf = (questions: { content: string }[]) =>
  questions.map(({ content }) => content.replace(/<.*?>/g, ''))

test('The questions of a text stand together under it, with an id of the quiz’s own.', async () => {
  const { quiz, ids, passage } = await quizWithText()
  assert.deepEqual(quiz.passages, [{ id: passage.id, content: '<p>The first text.</p>', shuffle: false }])
  assert.deepEqual(
    quiz.questions.map(({ passageId }) => passageId),
    [null, passage.id, passage.id, null],
  )
  assert.equal(new Set(ids).size, 4)
})

test('A learner gets the text once, with the questions under it, and each earns its own points.', async () => {
  const { begin, ids } = await quizWithText()
  const { learner, attempt } = await begin()
  assert.deepEqual(attempt.passages, [
    { id: attempt.passages[0]?.id, content: '<p>The first text.</p>', questionIds: [ids[1], ids[2]] },
  ])
  const answers = { [ids[0] as string]: ['a'], [ids[1] as string]: ['a'], [ids[2] as string]: ['b'] }
  const graded = await submitAttempt(fixture.tools, learner, attempt.id, answers)
  assert.equal(graded.result?.score, 2)
  assert.deepEqual(
    graded.result?.questions.map(({ awarded }) => awarded),
    [1, 1, 0, 0],
  )
})

test('A save that knows nothing of texts leaves them, and where its questions stand.', async () => {
  const { save, ids, passage } = await quizWithText()
  const [one, two, three, four] = ids
  const apart = [
    question('two', undefined, two),
    question('one', undefined, one),
    question('three', undefined, three),
    question('four', undefined, four),
  ]
  const saved = await save(apart)
  assert.deepEqual(textsOf(saved.questions), ['two', 'three', 'one', 'four'])
  assert.deepEqual(saved.passages, [passage])
  const without = await save([question('one', undefined, one), question('four', undefined, four)])
  assert.deepEqual(without.passages, [], 'a text goes with its last question')
})

test('A question is put under a text and taken out of it, which is another version of it.', async () => {
  const { save, ids, passage, begin } = await quizWithText()
  await begin()
  const [one, two, three, four] = ids
  const moved = await save(
    [
      question('one', passage.id, one),
      question('two', passage.id, two),
      question('three', null, three),
      question('four', null, four),
    ],
    [passage],
  )
  assert.deepEqual(
    moved.questions.map(({ version, passageId }) => [version, passageId]),
    [
      [2, passage.id],
      [1, passage.id],
      [2, null],
      [1, null],
    ],
  )
  assert.equal(moved.earlierAttemptCount, 1)
})

test('An attempt keeps the text that it began with, whatever becomes of it; the next one has the new text.', async () => {
  const { save, ids, passage, begin, teacher, quiz } = await quizWithText()
  const { learner, attempt } = await begin()
  const [one, two, three, four] = ids
  const same = [
    question('one', null, one),
    question('two', passage.id, two),
    question('three', passage.id, three),
    question('four', null, four),
  ]
  const saved = await save(same, [{ ...passage, content: '<p>The second text.</p>' }])
  assert.deepEqual(
    saved.questions.map(({ version }) => version),
    [1, 2, 2, 1],
  )
  // Another process reads it from the database.
  const elsewhere = createAttemptFixture(kit, fixture.organizationId)
  const read = await readAttempt(elsewhere.tools, learner, attempt.id)
  assert.deepEqual(
    read.passages.map(({ content }) => content),
    ['<p>The first text.</p>'],
  )
  const { attempt: next } = await begin()
  assert.deepEqual(
    next.passages.map(({ content }) => content),
    ['<p>The second text.</p>'],
  )
  await save([question('one', null, one)], [])
  assert.deepEqual((await readAttempt(elsewhere.tools, learner, attempt.id)).passages, read.passages)
  await submitAttempt(fixture.tools, learner, attempt.id, { [two as string]: ['a'] })
  const review = await getReview(fixture.tools, teacher, attempt.id)
  assert.deepEqual(review.passages, read.passages)
  assert.equal(await countPassages(fixture.school, quiz.id), 2, 'each version that was asked is kept')
})

test('Texts that nobody was asked about are not kept once they are changed or gone.', async () => {
  const { save, ids, passage, quiz } = await quizWithText()
  const [, two] = ids
  await save([question('two', passage.id, two)], [{ ...passage, content: '<p>Other.</p>' }])
  assert.equal(await countPassages(fixture.school, quiz.id), 1)
  await save([question('two', null, two)], [])
  assert.equal(await countPassages(fixture.school, quiz.id), 0)
})

test('How the questions under a text are mixed is no change of them, and holds from the next attempt on.', async () => {
  const { save, ids, passage, begin, edit } = await quizWithText()
  await begin()
  const [one, two, three, four] = ids
  const saved = await save(
    [
      question('one', null, one),
      question('two', passage.id, two),
      question('three', passage.id, three),
      question('four', null, four),
    ],
    [{ ...passage, shuffle: true }],
  )
  assert.deepEqual([saved.earlierAttemptCount, saved.questions[1]?.version], [0, 1])
  assert.equal((await edit()).passages[0]?.shuffle, true)
})

test('Files that a text or a hint shows are those of the quiz while a save leaves it as it is.', async () => {
  const { quiz, edit, teacher } = await quizWithText()
  const { school } = fixture
  const education = { ...teacher.others.education, holdFiles: async () => ({ missing: [] }) }
  const holding = { ...teacher, others: { education } as never }
  const save = (questions: Input[], passages?: PassageInput[]) =>
    saveQuiz(fixture.tools, holding, { ...plainSettings, quizId: quiz.id, questions, passages })
  const [inText, inHint] = [uuidv7(), uuidv7()]
  const shows = (fileId: string) => `<p><img src="/api/v1/education/files/${fileId}/map.png" alt="A map"></p>`
  const written = (await edit()).questions.map(({ id, content, passageId, options }) =>
    questionInput.parse({ type: 'single_choice', id, content, passageId, options }),
  )
  const passages = quiz.passages.map(passage => ({ ...passage, content: shows(inText) }))
  await save(
    written.map((one, at) =>
      at === 0 ? { ...one, hints: [{ content: shows(inHint), costPercent: 10 }] } : one,
    ),
    passages,
  )
  const shown = async () =>
    (await selectFileUses(school, quiz.courseId, [inText, inHint])).map(({ fileId }) => fileId).sort()
  assert.deepEqual(await shown(), [inText, inHint].sort())
  await save(written)
  assert.deepEqual(await shown(), [inText, inHint].sort())
})

test('A copy of a quiz has texts of its own.', async () => {
  const { teacher, quiz, passage, ids } = await quizWithText()
  const copy = await duplicateQuiz(fixture.tools, teacher, quiz.id, undefined)
  assert.equal(copy.passages.length, 1)
  assert.notEqual(copy.passages[0]?.id, passage.id)
  assert.deepEqual(
    copy.questions.map(({ passageId }) => passageId === copy.passages[0]?.id),
    [false, true, true, false],
  )
  assert.ok(copy.questions.every(({ id }) => !ids.includes(id)))
})

test('A text that is empty, has no question or too many, or is not there is refused at its place.', async () => {
  const { save, passage, ids } = await quizWithText()
  const [one, two] = ids
  const refused = async (run: Promise<unknown>, reason: string) =>
    assert.rejects(run, failure => JSON.stringify(failure).includes(reason))
  const under = [question('one', null, one), question('two', passage.id, two)]
  await refused(save(under, [{ ...passage, content: '<p>&nbsp;</p>' }]), 'passage_empty')
  await refused(
    save(under, [passage, { id: uuidv7(), content: '<p>More</p>', shuffle: false }]),
    'without_questions',
  )
  await refused(save(under, [passage, passage]), 'duplicate_passage')
  await refused(save([question('one', uuidv7(), one)], []), 'passage_unknown')
  const many = Array.from({ length: limits.questionsOfPassage + 1 }, (_, at) =>
    question(`q${at}`, passage.id),
  )
  await refused(save(many, [passage]), 'passage_too_long')
})

test('A text of another quiz stays there: named in a save, it is a new text of this one.', async () => {
  const [mine, theirs] = [await quizWithText(), await quizWithText()]
  const saved = await mine.save(
    [question('one', theirs.passage.id)],
    [{ ...theirs.passage, content: '<p>Taken over.</p>' }],
  )
  assert.notEqual(saved.passages[0]?.id, theirs.passage.id)
  assert.equal((await theirs.edit()).passages[0]?.content, '<p>The first text.</p>')
})

test('Without a way back the questions under a text are asked together and left together.', async () => {
  const { begin, ids } = await quizWithText({ layout: 'forward_only' })
  const { learner, attempt } = await begin()
  const next = (position: number, answers?: Record<string, string[]>) =>
    nextQuestion(fixture.tools, learner, attempt.id, { position, answers })
  const save = (at: number, option: string) =>
    saveAnswers(fixture.tools, learner, attempt.id, { [ids[at] as string]: [option] })
  assert.deepEqual(textsOf(attempt.questions), ['one'])
  assert.ok(!JSON.stringify(attempt).includes('The first text'), 'a text to come is not told')
  const second = await next(0)
  assert.deepEqual(textsOf(second.questions), ['two', 'three'])
  assert.deepEqual([second.position, second.passages.length], [1, 1])
  await save(1, 'a')
  await save(2, 'a')
  await assert.rejects(next(2), { code: 'conflict' }, 'there is no step from within a page')
  const third = await next(1)
  assert.deepEqual([textsOf(third.questions), third.position], [['four'], 3])
  assert.deepEqual(third.passages, [])
  await assert.rejects(save(2, 'b'), { code: 'question_left' })
  assert.equal((await next(1)).position, 3, 'a repeated step leaves nothing more')
  await assert.rejects(next(3), { code: 'conflict' })
  const graded = await submitAttempt(fixture.tools, learner, attempt.id, {})
  assert.equal(graded.result?.score, 2)
})

test('A last page of several questions has no step after it.', async () => {
  const { save, ids, passage, begin } = await quizWithText({ layout: 'forward_only' })
  await save([question('two', passage.id, ids[1]), question('three', passage.id, ids[2])], [passage])
  const { learner, attempt } = await begin()
  assert.equal(attempt.questions.length, 2)
  const step = nextQuestion(fixture.tools, learner, attempt.id, { position: 0 })
  await assert.rejects(step, { code: 'conflict' })
})

test('An answer under a text that is saved while its page is left is refused where it came second.', async () => {
  const { begin, ids } = await quizWithText({ layout: 'forward_only' })
  const { learner, attempt } = await begin()
  const { id } = attempt
  const last = ids[2] as string
  const next = (position: number) => nextQuestion(fixture.tools, learner, id, { position })
  await next(0)
  const kept = await overlapped(
    kit.db,
    fixture.organizationId,
    tx => mergeAnswers(tx, { id, reached: 1 }, { [last]: ['a'] }),
    () => next(1),
  )
  assert.deepEqual(kept.answers, { [last]: ['a'] })
  const late = await begin()
  await nextQuestion(fixture.tools, late.learner, late.attempt.id, { position: 0 })
  const refused = overlapped(
    kit.db,
    fixture.organizationId,
    tx => updateAnswers(tx, { id: late.attempt.id, reached: 3, answers: {}, confidence: {} }),
    () => saveAnswers(fixture.tools, late.learner, late.attempt.id, { [last]: ['a'] }),
  )
  await assert.rejects(refused, { code: 'question_left' })
})

test('How sure a learner is counts for every question of a page, and for none that is to come.', async () => {
  const { begin, ids } = await quizWithText({ layout: 'forward_only', confidence: 'shown' })
  const { learner, attempt } = await begin()
  const { id } = attempt
  await nextQuestion(fixture.tools, learner, id, { position: 0 })
  const [, two, three, four] = ids as [string, string, string, string]
  await saveAnswers(fixture.tools, learner, id, {}, { confidence: { [two]: 1, [three]: 3, [four]: 2 } })
  const { confidence } = await readAttempt(fixture.tools, learner, id)
  assert.deepEqual(confidence, { [two]: 1, [three]: 3 })
})

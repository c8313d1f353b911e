import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import type { EventName, EventPayload } from '@azora/contracts/events.ts'
import { limits } from '@azora/contracts/limits.ts'
import { publish, UnstorableEvent } from './outbox.ts'
import { sql } from './sql.ts'
import { createTestKit, type TestKit } from './testing.ts'

/** What no listener could ever store is refused where it arises, with the change that it would have told of. */

const school = randomUUID()
const other = randomUUID()
let kit: TestKit

before(async () => {
  kit = await createTestKit({ name: 'education', migrations: new URL('./migrations/', import.meta.url) })
})
after(() => kit.dispose())

const option = (content = 'a') => ({ content, correct: true, feedback: null })
type Imported = EventPayload<'quiz.imported'>

function imported(
  quiz: Partial<Imported['quiz']>,
  question: Partial<
    Extract<
      Imported['quiz']['questions'][number],
      { type: 'single_choice' | 'multiple_choice' | 'true_false' }
    >
  > = {},
): Imported {
  const asked = {
    type: 'single_choice' as const,
    content: 'Which?',
    points: 1,
    options: [option(), option('b')],
    feedback: { general: null, correct: null, incorrect: null },
    ...question,
  }
  return {
    organizationId: school,
    courseId: other,
    quizId: other,
    createdBy: other,
    quiz: {
      title: 'Quiz',
      description: '',
      passingScore: 60,
      timeLimitMinutes: null,
      maxAttempts: null,
      shuffle: false,
      bank: false,
      questions: [asked],
      ...quiz,
    },
  }
}

async function published<N extends EventName>(name: N, payload: EventPayload<N>): Promise<boolean> {
  const attempt = kit.db.in(school).transaction(tx => publish(tx, 'education', name, payload))
  const refused = await attempt.then(
    () => false,
    failure => {
      // The database refuses what is text and yet no text.
      if (!(failure instanceof UnstorableEvent)) assert.match(String(failure), /unicode|type json/i)
      return true
    },
  )
  const rows = await kit.db.across.run(sql`delete from outbox`)
  assert.equal(rows, refused ? 0 : 1)
  return !refused
}

const long = 'x'.repeat(limits.htmlLength + 1)
const quizzes: [what: string, payload: Imported, stored: boolean][] = [
  ['an ordinary quiz', imported({}), true],
  ['as many options as there may be', imported({}, { options: Array(limits.optionsOfQuestion).fill(option()) }), true],
  ['more options', imported({}, { options: Array(limits.optionsOfQuestion + 1).fill(option()) }), false],
  ['more questions', imported({ questions: Array(limits.questionsOfQuiz + 1).fill(imported({}).quiz.questions[0]) }), false],
  ['more points', imported({}, { points: limits.pointsOfQuestion + 1 }), false],
  ['points that are no number', imported({}, { points: Number.NaN }), false],
  ['a longer description', imported({ description: long }), false],
  ['a longer question', imported({}, { content: long }), false],
  ['a longer option', imported({}, { options: [option(long)] }), false],
  ['longer feedback', imported({}, { feedback: { general: long, correct: null, incorrect: null } }), false],
  ['a longer time limit', imported({ timeLimitMinutes: limits.timeLimitMinutes + 1 }), false],
  ['a NUL', imported({}, { content: 'a\0b' }), false],
  ['half of a character', imported({}, { content: 'a\ud83d' }), false],
] // biome-ignore format: a table
for (const [what, payload, stored] of quizzes) {
  test(`An imported quiz with ${what} is ${stored ? 'published' : 'refused by its publisher'}.`, async () => {
    assert.equal(await published('quiz.imported', payload), stored)
  })
}

test('A number that no column takes is refused by its publisher.', async () => {
  const placed = (revision: number) => ({ courseId: other, organizationId: school, revision, places: [] })
  assert.equal(await published('course.quizzes_placed', placed(2 ** 31 - 1)), true)
  assert.equal(await published('course.quizzes_placed', placed(2 ** 31)), false)
})

import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { questionInput } from '@azora/contracts/assessment/question.ts'
import type { AskingCaller } from '@azora/kit/caller.ts'
import { createTestKit, type TestKit } from '@azora/kit/testing.ts'
import { v7 as uuidv7 } from 'uuid'
import { createQuiz } from '../quizzes/author-quiz.ts'
import { plainSettings } from '../quizzes/quiz-fixture.ts'
import { assessment } from '../service.ts'
import { createAttemptFixture } from './attempt-fixture.ts'
import { getQuizPictures } from './quiz-pictures.ts'

let kit: TestKit
let fixture: ReturnType<typeof createAttemptFixture>
before(async () => {
  kit = await createTestKit(assessment)
  fixture = createAttemptFixture(kit)
})
after(() => kit.dispose())

const kinds: Record<string, string> = { png: 'image/png', pdf: 'application/pdf' }

/** Someone to whom education tells files of a hundred bytes each. */
function asking(person: AskingCaller, asked: string[], names: Map<string, string>): AskingCaller {
  const getFileSizes = async ({ fileIds }: { fileIds: string[] }) => {
    asked.push(...fileIds)
    return { files: fileIds.map(id => ({ id, mediaType: kinds[names.get(id) ?? ''] ?? '', size: 100 })) }
  }
  const others = person.others as unknown as Record<string, object>
  const education = { ...others.education, getFileSizes, holdFiles: async () => ({ missing: [] }) }
  return { ...person, others: { ...others, education } as never }
}

test('The pictures of what is asked are counted, without their addresses and without those of solutions.', async () => {
  const names = new Map<string, string>()
  const file = (ending: string) => {
    const id = randomUUID()
    names.set(id, ending)
    return `<img src="/api/v1/education/files/${id}/x.${ending}" alt="A map">`
  }
  const question = questionInput.parse({
    type: 'single_choice',
    content: `<p>Which river?</p>${file('png')}${file('pdf')}`,
    options: [
      { id: 'a', content: `The Nile ${file('png')}`, correct: true },
      { id: 'b', content: 'The Thames', correct: false },
    ],
    feedback: { solution: `<p>See the map.</p>${file('png')}` },
  })
  const asked: string[] = []
  const teacher = asking(fixture.person({ author: true }), [], names)
  const quiz = await createQuiz(fixture.tools, teacher, {
    ...plainSettings,
    courseId: uuidv7(),
    questions: [question],
  })
  const learner = asking(fixture.person(), asked, names)
  assert.deepEqual(await getQuizPictures(fixture.tools, learner, quiz.id), { count: 2, bytes: 200 })
  assert.equal(asked.length, 3)
  const stranger = {
    ...learner,
    others: { education: { getCourseAccess: async () => ({ enrolled: false }) } },
  }
  await assert.rejects(
    getQuizPictures(fixture.tools, { ...stranger, actor: fixture.person().actor } as never, quiz.id),
    {
      code: 'not_enrolled',
    },
  )
})

test('A quiz without pictures asks nobody.', async () => {
  const { id } = await fixture.quiz()
  assert.deepEqual(await getQuizPictures(fixture.tools, fixture.person(), id), { count: 0, bytes: 0 })
})

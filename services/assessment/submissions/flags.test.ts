import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { createTestKit, overlapped, type TestKit } from '@azora/kit/testing.ts'
import { assessment } from '../service.ts'
import { readAttempt, saveAnswers } from './attempt.ts'
import { createAttemptFixture } from './attempt-fixture.ts'
import { startAttempt } from './start-attempt.ts'
import { mergeAnswers } from './submissions.store.ts'

/** Flags of one attempt that come from several devices. */

let kit: TestKit
let fixture: ReturnType<typeof createAttemptFixture>
before(async () => {
  kit = await createTestKit(assessment)
  fixture = createAttemptFixture(kit)
})
after(() => kit.dispose())

async function begun() {
  const { id: quizId, questionId } = await fixture.quiz()
  const learner = fixture.person()
  const { id } = await startAttempt(fixture.tools, learner, quizId)
  return {
    id,
    questionId,
    flag: (on: boolean, waited?: number) =>
      saveAnswers(
        fixture.tools,
        learner,
        id,
        {},
        {
          flags: { [questionId]: on },
          ...(waited === undefined ? {} : { flagsWaitedSeconds: { [questionId]: waited } }),
        },
      ),
    isFlagged: async () => (await readAttempt(fixture.tools, learner, id)).flagged.includes(questionId),
  }
}

test('The last change of a flag stays, though an earlier one arrives after it from a device without a line.', async () => {
  const { flag, isFlagged } = await begun()
  await flag(true, 300)
  assert.equal(await isFlagged(), true)
  await flag(false, 60)
  assert.equal(await isFlagged(), false)
  // Made four minutes ago, before the one that is kept.
  await flag(true, 240)
  assert.equal(await isFlagged(), false)
  await flag(true, 10)
  assert.equal(await isFlagged(), true)
  // A device that says nothing of a wait means now.
  await flag(false)
  assert.equal(await isFlagged(), false)
})

test('Of two devices that send a flag at once the later change stays, whichever arrives first.', async () => {
  for (const [first, second] of [
    [240, 60],
    [60, 240],
  ] as const) {
    const { id, questionId, flag, isFlagged } = await begun()
    const laterIs = first < second
    await overlapped(
      kit.db,
      fixture.organizationId,
      async tx =>
        void (await mergeAnswers(
          tx,
          { id, reached: 0 },
          {},
          { flags: { [questionId]: true }, flagsWaitedSeconds: { [questionId]: first } },
        )),
      () => flag(false, second),
    )
    assert.equal(await isFlagged(), laterIs)
  }
})

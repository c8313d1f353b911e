import type { EventPayload } from '@azora/contracts/events.ts'
import { composeEmail } from '@azora/kit/compose-email.ts'
import type { Transaction } from '@azora/kit/db.ts'
import { defineTask, enqueue } from '@azora/kit/jobs.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import { selectOptionalRecipient } from './score-email.store.ts'

export type ScoreEmail = Pick<
  EventPayload<'score.changed'>,
  'organizationId' | 'userId' | 'courseId' | 'quizTitle' | 'before' | 'after'
>

export const scoreEmailTask = defineTask<ScoreEmail>('education.send_score_email')

/** An attempt was marked anew, and its learner is to know. */
export const takeChangedScore = (tx: Transaction, changed: EventPayload<'score.changed'>): Promise<void> => {
  const { submissionId, quizId: _, ...email } = changed
  // Of two changes that wait, the learner is told the later one.
  return enqueue(tx, scoreEmailTask, email, { key: `score:${submissionId}` })
}

/** Tell a learner that their score in a quiz changed. Who has left the course or the school gets no email. */
export async function sendScoreEmail(
  { db, mail, publicUrl }: Pick<ServiceKit, 'db' | 'mail' | 'publicUrl'>,
  { organizationId, userId, courseId, quizTitle, before, after }: ScoreEmail,
): Promise<void> {
  const found = await selectOptionalRecipient(db.in(organizationId), userId, courseId)
  if (!found) return
  const { email, name, courseTitle, courseSlug, schoolName } = found
  const percent = (score: number) => `${Number(score.toFixed(1))}%`
  await mail.send(
    composeEmail({
      to: email,
      subject: `Your score in ${quizTitle} changed`,
      name,
      parts: [
        `Your teacher corrected the marking of “${quizTitle}” in “${courseTitle}”.`,
        `Your score was ${percent(before)}. It is now ${percent(after)}.`,
        { link: new URL(`/learn/${courseSlug}`, publicUrl).href, label: 'Open the course' },
        'If you have a question about your score, please talk to your teacher.',
      ],
      schoolName,
      publicUrl,
    }),
  )
}

import { learningRoom } from '@azora/contracts/education/rooms.ts'
import type { Transaction } from '@azora/kit/db.ts'
import { publish } from '@azora/kit/outbox.ts'
import { sql } from '@azora/kit/sql.ts'
import { tell } from '@azora/kit/tell.ts'

type Changed = {
  id: string
  userId: string
  courseId: string
  progressPercent: number
  completedAt: string | null
  newlyCompleted: boolean
}

/**
 * Bring progress in line with what is done: the share of required lessons that are completed. An enrolment that
 * reaches all of them is completed, once; a completed one is never taken back, even when the course grows or a lesson
 * of it is hidden. The enrolments are locked first: what is counted is then what two learners' or authors' changes at
 * the same time come to together, whichever commits last. Not `for update`: a row of progress that is
 * being written has its enrolment locked against that by its foreign key, and two such would wait for each other.
 *
 * @param scope enrolments after their learners did something, or a whole course after its outline changed.
 */
export async function recomputeProgress(
  tx: Transaction,
  scope: { courseId: string } | { enrollmentIds: string[] },
): Promise<void> {
  const which =
    'enrollmentIds' in scope
      ? sql`e.id = any(${scope.enrollmentIds}::uuid[])`
      : sql`e.course_id = ${scope.courseId}`
  tx.send(sql`
    select from enrollments e
    where e.organization_id = ${tx.organizationId} and ${which} order by e.id for no key update`)
  const changed = await tx.rows<Changed>(sql`
    with counted as (
      select e.id, e.completed_at as was_completed_at,
        count(l.id) as required,
        count(l.id) filter (where p.completed_at is not null) as done
      from enrollments e
      left join visible_lessons l
        on l.organization_id = e.organization_id and l.course_id = e.course_id and l.required
      left join lesson_progress p
        on p.organization_id = e.organization_id and p.enrollment_id = e.id and p.lesson_id = l.id
      where e.organization_id = ${tx.organizationId} and ${which} group by e.id
    )
    update enrollments e set
      progress_percent = case
        when e.completed_at is not null or (c.required > 0 and c.done = c.required) then 100
        when c.required = 0 then 0
        else floor(100.0 * c.done / c.required)::int end,
      completed_at = case
        when e.completed_at is null and c.required > 0 and c.done = c.required then date_trunc('milliseconds', now())
        else e.completed_at end
    from counted c where e.organization_id = ${tx.organizationId} and c.id = e.id
    returning e.id, e.user_id, e.course_id, e.progress_percent, e.completed_at,
      (c.was_completed_at is null and e.completed_at is not null) as newly_completed`)
  for (const enrollment of changed) {
    // What a learner did shows on their other pages at once; what an author did to a whole class, when they next look.
    if ('enrollmentIds' in scope) tellProgress(tx, enrollment)
    if (!enrollment.newlyCompleted || !enrollment.completedAt) continue
    await publish(tx, 'education', 'course.completed', {
      enrollmentId: enrollment.id,
      courseId: enrollment.courseId,
      userId: enrollment.userId,
      organizationId: tx.organizationId,
      completedAt: enrollment.completedAt,
    })
  }
}

function tellProgress(tx: Transaction, { userId, courseId, progressPercent, completedAt }: Changed): void {
  tell(tx, learningRoom, { organizationId: tx.organizationId, userId }, 'progress.changed', {
    courseId,
    progressPercent,
    completed: completedAt !== null,
  })
}

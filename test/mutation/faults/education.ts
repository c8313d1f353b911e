import type { Fault } from '../fault.ts'

const progress = 'services/education/enrollments/progress.ts'
const enrolments = 'services/education/enrollments/enrollments.store.ts'
const revoke = 'services/education/certificates/revoke-certificate.ts'
const check = 'services/education/certificates/check-certificate.ts'

export const educationFaults: Fault[] = [
  {
    says: 'a revoked certificate verifies',
    file: check,
    from: 'ok: known !== null && known.revokedAt === null,',
    to: 'ok: known !== null,',
  },
  {
    says: 'a certificate that the register does not know verifies',
    file: check,
    from: 'ok: known !== null && known.revokedAt === null,',
    to: 'ok: known?.revokedAt === null || known === null,',
  },
  {
    says: 'a genuine register makes a false signature good',
    file: check,
    from: 'valid: verdict.valid && checks.every(check => check.ok),',
    to: "valid: checks.some(check => check.name === 'register' && check.ok),",
  },
  {
    says: 'a colleague may revoke a certificate',
    file: revoke,
    from: '    await selectAuthoredCourse(tx, actor, found.courseId)\n',
    to: '',
  },
  {
    says: 'a certificate is revoked twice',
    file: 'services/education/certificates/certificates.store.ts',
    from: 'and id = ${certificateId} and revoked_at is null\n',
    to: 'and id = ${certificateId}\n',
  },
  {
    says: 'a revocation leaves no trail',
    file: revoke,
    from: '    await recordAudit(tx,',
    to: '    void (async (..._: unknown[]) => {})(tx,',
  },
  {
    says: 'the audit log holds the note of a revocation',
    file: revoke,
    from: 'details: { certificateId, courseId, reason },',
    to: 'details: { certificateId, courseId, reason, note },',
  },
  {
    says: 'the learner is not told of a revocation',
    file: 'services/education/certificates/revocation-email.ts',
    from: '  if (!found) return\n',
    to: '  if (found) return\n',
  },
  {
    says: 'a certificate is issued before the names are known',
    file: 'services/education/certificates/issue-certificate.ts',
    from: 'nameFrom(stored, 300) || otherwise',
    to: 'stored || otherwise',
  },
  {
    says: 'a certificate tells a score that learners may not know',
    file: 'services/education/certificates/certificates.store.ts',
    from: 'and h.quiz_id = q.quiz_id and h.hidden)',
    to: 'and h.quiz_id = q.quiz_id and false)',
  },
  {
    says: 'progress is counted before the enrolment is locked',
    file: progress,
    from: 'order by e.id for no key update`',
    to: 'order by e.id`',
  },
  {
    says: 'a course is completed with a lesson left',
    file: progress,
    from: 'when e.completed_at is null and c.required > 0 and c.done = c.required then',
    to: 'when e.completed_at is null and c.required > 0 and c.done >= c.required - 1 then',
  },
  {
    says: 'a completed course is taken back',
    file: progress,
    from: 'else e.completed_at end',
    to: 'else null end',
  },
  {
    says: 'a completion is told twice',
    file: progress,
    from: 'if (!enrollment.newlyCompleted || !enrollment.completedAt) continue',
    to: 'if (!enrollment.completedAt) continue',
  },
  {
    says: 'optional lessons count',
    file: progress,
    from: 'l.course_id = e.course_id and l.required',
    to: 'l.course_id = e.course_id',
  },
  {
    says: 'hidden lessons count',
    file: progress,
    from: 'left join visible_lessons l\n',
    to: 'left join lessons l\n',
  },
  {
    says: 'a worse later result lowers the best in the gradebook',
    file: enrolments,
    from: 'best_percent = greatest(quiz_results.best_percent, excluded.best_percent)',
    to: 'best_percent = excluded.best_percent',
  },
  {
    says: 'a later failure takes the pass back in the gradebook',
    file: enrolments,
    from: 'passed = quiz_results.passed or excluded.passed',
    to: 'passed = excluded.passed',
  },
  {
    says: 'a failed quiz completes its lesson',
    file: 'services/education/enrollments/quiz-outcome.ts',
    from: 'if (outcome.passed || !(await selectRequireQuizzes(tx, outcome.courseId)))',
    to: 'if (true)',
  },
  {
    says: 'an older word on hidden scores wins',
    file: enrolments,
    from: 'and hidden_scores.revision < excluded.revision',
    to: '',
  },
  {
    says: 'a lesson that was done is open again',
    file: enrolments,
    from: 'position_seconds = excluded.position_seconds,\n      completed_at = coalesce(lesson_progress.completed_at, excluded.completed_at)',
    to: 'position_seconds = excluded.position_seconds,\n      completed_at = excluded.completed_at',
  },
  {
    says: 'a draft can be enrolled in',
    file: 'services/education/enrollments/learn.ts',
    from: "if (course?.status !== 'published') throw new AppError('not_found')",
    to: "if (!course) throw new AppError('not_found')",
  },
  {
    says: 'a course is enrolled in while it is deleted',
    file: 'services/education/courses/course-access.ts',
    from: 'and id = ${courseId} for share`',
    to: 'and id = ${courseId}`',
  },
  {
    says: "a colleague's course can be changed",
    file: 'services/education/courses/course-access.ts',
    from: "if (!authorsCourse(actor, course)) throw new AppError('forbidden')",
    to: '',
  },
  {
    says: 'two editors interleave',
    file: 'services/education/courses/course-access.ts',
    from: 'and id = ${courseId} for update`',
    to: 'and id = ${courseId}`',
  },
  {
    says: 'a file counts for nobody',
    file: 'services/education/storage/quota.ts',
    from: 'if (used.personBytes > quota.personBytes) refuse(',
    to: 'if (used.personBytes > quota.personBytes * 1000) refuse(',
  },
  {
    says: 'the storage of a school has no end',
    file: 'services/education/storage/quota.ts',
    from: 'if (used.schoolBytes > quota.schoolBytes) refuse(',
    to: 'if (used.schoolBytes > quota.schoolBytes * 1000) refuse(',
  },
  {
    says: 'an upload that is known to be too large is received first',
    file: 'services/education/storage/quota.ts',
    from: 'if (used.personBytes + moreBytes > quota.personBytes)',
    to: 'if (used.personBytes > quota.personBytes)',
  },
  {
    says: 'a file in use is deleted',
    file: 'services/education/files/manage-files.ts',
    from: '    if (uses.length > 0) {\n',
    to: '    if (uses.length > 1e9) {\n',
  },
  {
    says: 'a file that a quiz is taking up is deleted',
    file: 'services/education/files/course-files.store.ts',
    from: 'and (held_until is null or held_until < clock_timestamp())',
    to: '',
  },
  {
    says: 'the blobs of a deleted file stay',
    file: 'services/education/files/manage-files.ts',
    from: '    await enqueue(tx, removeBlobsTask, { keys: [key] })\n',
    to: '',
  },
  {
    says: 'a file of an imported archive is lost in silence',
    file: 'services/education/cartridges/accounting.ts',
    from: "else if (!claim || claim.outcome === 'attached') {",
    to: "else if (claim?.outcome === 'attached') {",
  },
  {
    says: 'certificates stay when their person is erased',
    file: 'services/education/privacy/privacy.store.ts',
    from: 'delete from certificates where organization_id = ${tx.organizationId} and user_id = ${userId}',
    to: 'delete from certificates where organization_id = ${tx.organizationId} and user_id = ${userId} and false',
  },
  {
    says: 'a learner who left loses their rows',
    file: 'services/education/people/people.store.ts',
    from: 'and not exists (select from enrollments where organization_id = ${person.organizationId} and user_id = ${person.userId})',
    to: '',
  },
]

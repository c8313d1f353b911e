import type { Fault } from '../fault.ts'

const rules = 'services/assessment/submissions/attempt-rules.ts'
const attempt = 'services/assessment/submissions/attempt.ts'
const finish = 'services/assessment/submissions/finish-attempt.ts'
const start = 'services/assessment/submissions/start-attempt.ts'
const submissions = 'services/assessment/submissions/submissions.store.ts'
const grade = 'services/assessment/quizzes/grade.ts'
const codes = 'services/assessment/quizzes/access-code.ts'

export const assessmentFaults: Fault[] = [
  {
    says: 'one attempt more than allowed',
    file: rules,
    from: 'if (attemptsLeft(quiz, taken) === 0)',
    to: 'if (attemptsLeft(quiz, taken - 1) === 0)',
  },
  {
    says: 'the limit of attempts is not kept',
    file: start,
    from: "if (next.kind !== 'begin') throw",
    to: "if (next.kind === 'begin' && false) throw",
  },
  {
    says: 'answers that are submitted after time count',
    file: rules,
    from: 'return takesAnswers(attempt, now) ? { ...attempt.answers, ...sent } : attempt.answers',
    to: 'return { ...attempt.answers, ...sent }',
  },
  {
    says: 'answers that are saved after time count',
    file: attempt,
    from: "if (!takesAnswers(attempt, attempt.now)) throw new AppError('attempt_closed')",
    to: '',
  },
  {
    says: 'the time of an attempt is up without the grace',
    file: rules,
    from: 'Date.parse(expiresAt) + graceSeconds * 1000',
    to: 'Date.parse(expiresAt)',
  },
  {
    says: "lateness is decided by the process's clock",
    file: attempt,
    from: 'if (hasToEnd(attempt, attempt.now)',
    to: 'if (hasToEnd(attempt, new Date().toISOString())',
  },
  {
    says: 'answers are merged into an attempt that was graded',
    file: submissions,
    from: "and state = 'in_progress'\n    returning clock_timestamp() as saved_at",
    to: '\n    returning clock_timestamp() as saved_at',
  },
  {
    says: 'saving an answer forgets those before',
    file: submissions,
    from: 'set answers = answers || ${',
    to: 'set answers = ${',
  },
  {
    says: 'who is enrolled has to wait for education',
    file: 'services/assessment/courses/course-rules.ts',
    from: 'return author || enrolled ?',
    to: 'return author ?',
  },
  {
    says: 'anyone learns in any course',
    file: 'services/assessment/courses/course-rules.ts',
    from: 'return author || enrolled ? { author, enrolled } : null',
    to: 'return { author, enrolled: true }',
  },
  {
    says: 'what a person answered in a survey is told to the author',
    file: 'services/assessment/submissions/attempt-rules.ts',
    from: "return kind === 'survey' ? 'no' : 'if_author'",
    to: "return 'if_author'",
  },
  {
    says: 'anyone looks at an attempt as if it were their own',
    file: 'services/assessment/submissions/attempt-rules.ts',
    from: "if (attempt.userId === userId) return 'own'",
    to: "if (attempt.userId) return 'own'",
  },
  {
    says: 'expired attempts are never swept',
    file: 'services/assessment/service.ts',
    from: '() => sweepExpired(tools), ',
    to: '',
  },
  {
    says: 'the sweep ends attempts that still have time',
    file: finish,
    from: 'return hasToEnd(attempt, attempt.now) ? finish',
    to: "return attempt.state === 'in_progress' ? finish",
    tests: [
      'services/assessment/submissions/attempt.test.ts',
      'services/assessment/submissions/attempt-races.test.ts',
    ],
  },
  {
    says: 'the sweep looks before the grace is over',
    file: submissions,
    from: 'expires_at < clock_timestamp() - make_interval(secs => ${graceSeconds})',
    to: 'expires_at < clock_timestamp()',
  },
  {
    says: 'one attempt that cannot be graded keeps the sweep from the others',
    file: finish,
    from: '.catch(failure => failures.push(failure))',
    to: '',
  },
  {
    says: 'an attempt that could not be graded is passed over in silence',
    file: finish,
    from: 'if (failures.length > 0) throw',
    to: 'if (failures.length > 1e9) throw',
  },
  {
    says: 'an attempt is graded without its lock',
    file: submissions,
    from: 'and s.id = ${submissionId} for update of s`',
    to: 'and s.id = ${submissionId}`',
  },
  {
    says: 'a graded attempt is graded again',
    file: attempt,
    from: "if (attempt.state !== 'in_progress') return view(quiz, attempt, questions)",
    to: '',
  },
  {
    says: 'a result is told to nobody',
    file: finish,
    from: "await publish(tx, 'assessment', 'assessment.completed', {",
    to: 'void ({',
  },
  {
    says: 'learners may take a bank',
    file: rules,
    from: "return quiz.bank ? 'not_found' : null",
    to: 'return null',
  },
  {
    says: 'who is not enrolled may take a quiz',
    file: rules,
    from: "if (!enrolled) return 'not_enrolled'",
    to: '',
  },
  {
    says: 'a quiz is taken before it opens',
    file: rules,
    from: "if (quiz.locked) return 'opening'",
    to: '',
  },
  {
    says: 'a quiz is taken without its access code',
    file: rules,
    from: "return quiz.hasAccessCode ? 'access_code' : 'none'",
    to: "return 'none'",
  },
  {
    says: 'a worse later result lowers the best',
    file: rules,
    from: 'Math.max(...scores)',
    to: '(scores.at(-1) ?? null)',
  },
  {
    says: 'a later failure takes the pass back',
    file: rules,
    from: 'passed: attempts.some(({ passed }) => passed === true)',
    to: 'passed: attempts.at(-1)?.passed === true',
  },
  {
    says: 'an attempt of somebody else can be submitted',
    file: attempt,
    from: `    const found = await lockOptionalAttempt(tx, submissionId)
    if (found?.attempt.userId !== actor.userId)`,
    to: `    const found = await lockOptionalAttempt(tx, submissionId)
    if (!found)`,
  },
  {
    says: 'an attempt of somebody else can be answered',
    file: attempt,
    from: `  const attempt = await selectOptionalSubmission(school, submissionId)
  if (attempt?.userId !== actor.userId)`,
    to: `  const attempt = await selectOptionalSubmission(school, submissionId)
  if (!attempt)`,
  },
  {
    says: 'an attempt of somebody else can be read',
    file: attempt,
    from: 'const own = attempt.userId === actor.userId',
    to: 'const own = true',
  },
  {
    says: 'two right options in single choice',
    file: grade,
    from: "question.type === 'multiple_choice' ? valid : valid.slice(0, 1)",
    to: 'valid',
  },
  {
    says: 'one right option of two is enough',
    file: grade,
    from: 'given.size === question.correctAnswer.length && question.correctAnswer.every(',
    to: 'question.correctAnswer.some(',
  },
  {
    says: 'a wrong option beside the right ones does no harm',
    file: grade,
    from: 'given.size === question.correctAnswer.length && question',
    to: 'question',
  },
  {
    says: 'just below the passing score passes',
    file: grade,
    from: 'passed: share + 1e-9 >= passingScore',
    to: 'passed: Math.round(share) >= passingScore',
  },
  {
    says: 'exactly the passing score fails',
    file: grade,
    from: 'passed: share + 1e-9 >= passingScore',
    to: 'passed: share > passingScore',
  },
  {
    says: 'an option that was never there is kept',
    file: grade,
    from: '.filter(option => known.has(option))',
    to: '',
  },
  {
    says: 'the right answers are shown before the end',
    file: 'services/assessment/submissions/attempt-view.ts',
    from: "attempt.grading && shown !== 'none'",
    to: "shown !== 'none'",
  },
  {
    says: 'the right answers are shown where only the score may be',
    file: 'services/assessment/submissions/attempt-view.ts',
    from: "shown === 'all'\n                ?",
    to: "shown !== 'none'\n                ?",
  },
  {
    says: 'a list of attempts tells a hidden score',
    file: 'services/assessment/submissions/attempt-view.ts',
    from: "scorePercent: shown === 'none' ? null : (",
    to: 'scorePercent: (',
  },
  {
    says: 'guesses at an access code are without end',
    file: codes,
    from: 'if (guesses > mostGuesses)',
    to: 'if (guesses > mostGuesses * 100)',
  },
  {
    says: 'an access code is compared before the guess is counted',
    file: codes,
    from: 'if (guesses > mostGuesses) {',
    to: 'if (guesses > mostGuesses && !timingSafeEqual(digest(given), digest(code))) {',
  },
  {
    says: 'old guesses stay for ever',
    file: 'services/assessment/quizzes/access-code.store.ts',
    from: "where since < now() - interval '1 hour'",
    to: "where since < now() - interval '1000 hours'",
  },
  {
    says: 'an attempted quiz is deleted',
    file: 'services/assessment/quizzes/delete-quiz.ts',
    from: "if (await selectIsAttempted(tx, quizId)) throw new AppError('quiz_in_use')",
    to: '',
  },
  {
    says: 'a quiz that a lesson holds is deleted',
    file: 'services/assessment/quizzes/delete-quiz.ts',
    from: "if (await selectIsHeld(tx, quizId)) throw new AppError('quiz_needed')",
    to: '',
  },
  {
    says: 'an older event about the places of quizzes wins',
    file: 'services/assessment/courses/places.store.ts',
    from: 'and course_places.revision < excluded.revision',
    to: '',
  },
  {
    says: 'a download of personal data tells a hidden score',
    file: 'services/assessment/privacy/privacy.store.ts',
    from: "case when q.results_shown <> 'none' then s.score end as score",
    to: 's.score',
  },
  {
    says: 'attempts stay when their person is erased',
    file: 'services/assessment/privacy/privacy.store.ts',
    from: 'delete from submissions where organization_id = ${tx.organizationId} and user_id = ${userId}',
    to: 'delete from submissions where organization_id = ${tx.organizationId} and user_id = ${userId} and false',
  },
  {
    says: 'a program that ends before its unit test passes it',
    file: 'services/assessment/code/tests/unit-test.ts',
    from: "assertion: outcome === 'passed' ? null",
    to: "assertion: outcome === 'passed' || outcome === 'ended' ? null",
  },
  {
    says: 'a rule of style and a test may have the same id',
    file: 'services/assessment/questions/code/code.ts',
    from: 'hasRepeatedId([...tests, ...style])',
    to: 'hasRepeatedId(tests)',
  },
]

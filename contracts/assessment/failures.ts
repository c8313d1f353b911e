import type { Failures } from '../failures.ts'

/** What assessment refuses. */
export const assessmentFailures = {
  codes: {
    access_code_required: { status: 403, message: 'Enter the access code to start. Your teacher has it.' },
    access_code_wrong: {
      status: 403,
      message: 'This access code is not right. Check it for typos, capital letters too.',
    },
    quiz_needed: {
      status: 409,
      message:
        'A lesson shows this quiz. Remove the quiz from the lesson, or hide the lesson, then try again.',
    },
    attempts_exhausted: { status: 409, message: 'You have no attempts left for this quiz.' },
    attempt_closed: { status: 409, message: 'This attempt was already submitted.' },
    quiz_not_ready: { status: 409, message: 'This quiz has no questions yet.' },
    quiz_not_open: { status: 409, message: 'This quiz is not open yet.' },
    quiz_in_use: {
      status: 409,
      message: 'Learners have attempted this quiz, so it cannot be deleted.',
    },
  },
  reasons: {
    quiz_in_lessons: {
      code: 'quiz_needed',
      message: 'Lessons show this quiz: {lessons}. Remove it from them, then try again.',
    },
    quiz_in_shown_lessons: {
      code: 'quiz_needed',
      message:
        'Learners see lessons with this quiz: {lessons}. Remove it from them, or hide them, then try again.',
    },
  },
  fields: {
    feedback_without_answer: 'Write the answer that the feedback is for.',
    too_few_answers: 'Write at least two answers.',
    no_correct_answer: 'Mark at least one option as correct.',
    not_one_correct_answer: 'Mark exactly one option as correct.',
    quiz_file_deleted: 'A file in this quiz was deleted. Remove it, or upload it again.',
    opens_at_year: 'Choose a date between 2000 and 2099.',
    duplicate_question: 'A question is named twice.',
    quiz_attempted:
      'Learners have attempted this quiz, so it stays a quiz. Duplicate it, and change the copy.',
    survey_attempted:
      'Learners have attempted this survey, so it stays a survey. Duplicate it, and change the copy.',
  },
} as const satisfies Failures

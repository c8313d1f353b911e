import type { Failures } from '../failures.ts'

/** What education refuses. */
export const educationFailures = {
  codes: {
    not_enrolled: { status: 403, message: 'Enrol in the course first.' },
    course_not_publishable: { status: 409, message: 'The course is not ready to be published.' },
    course_has_learners: {
      status: 409,
      message: 'Learners are enrolled in this course. Archive it instead.',
    },
    file_in_use: {
      status: 409,
      message: 'This file is in use. Remove it from where it is used, then delete it.',
    },
    storage_quota_reached: {
      status: 409,
      message: 'There is not enough storage left for this. Nothing was saved.',
    },
  },
  reasons: {
    certificate_revoked: { code: 'conflict', message: 'This certificate was already revoked.' },
    course_was_sold: {
      code: 'course_has_learners',
      message: 'This course has had a price. Archive it instead.',
    },
    upload_interrupted: { code: 'invalid_input', message: 'The upload was interrupted.' },
    school_storage: {
      code: 'storage_quota_reached',
      message:
        'Your school has used {used} of {limit}, and {left} is left. This needs more, so nothing was saved. Delete what you no longer need, or ask your administrator for more space.',
    },
    person_storage: {
      code: 'storage_quota_reached',
      message:
        'Your files have used {used} of {limit}, and {left} is left. This needs more, so nothing was saved. Delete what you no longer need, or ask your administrator for more space.',
    },
  },
  fields: {
    lesson_quiz_missing: 'Choose the quiz of this lesson.',
    lesson_link_missing: 'Enter the address of the page.',
    lesson_file_missing: 'Choose the file of this lesson.',
    file_not_of_course: 'This file is not part of the course.',
    quiz_not_of_course: 'This quiz is not part of the course.',
    file_deleted: 'A file in this text was deleted. Remove it, or upload it again.',
    group_name_taken: 'There is already a group of this name.',
    too_many_groups: 'A course has at most {most} groups.',
    too_many_memberships: 'The groups of a course have at most {most} places in all.',
    other_type: 'Choose a file of the same type as {name}.',
    file_empty: 'The file is empty.',
  },
} as const satisfies Failures

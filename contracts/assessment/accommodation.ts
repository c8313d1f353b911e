import { z } from 'zod'
import { limits } from '../limits.ts'
import { operation } from '../operation.ts'
import { id } from '../wire.ts'
import { breakMinutes, dateOfQuiz } from './taking.ts'

/** Other conditions for one learner or one group, in a course or in one quiz of it. */

const conditions = {
  extraPercent: z.number().int().min(0).max(400).default(0),
  extraMinutes: z.number().int().min(0).max(limits.timeLimitMinutes).default(0),
  extraBreakMinutes: breakMinutes.default(0),
  extraAttempts: z.number().int().min(0).max(limits.attempts).default(0),
  opensAt: dateOfQuiz.nullable().default(null),
  dueAt: dateOfQuiz.nullable().default(null),
  closesAt: dateOfQuiz.nullable().default(null),
}

const accommodation = z.object({ userId: id, quizId: id.nullable(), ...conditions })

const groupId = id.meta({ description: 'Identifies the group of the course.' })
const ofGroup = z.object({ groupId, quizId: id.nullable(), ...conditions })

const tags: [string] = ['assessment']

export const accommodationOperations = {
  listAccommodations: operation({
    method: 'GET',
    path: '/assessment/courses/{courseId}/accommodations',
    access: 'course.author',
    tags,
    summary:
      'The learners and the groups of a course that you teach who have other conditions, with what they were given.',
  })
    .input(z.object({ courseId: id }))
    .output(
      z.object({
        items: z.array(accommodation),
        groups: z.array(ofGroup).meta({ description: 'What the groups of the course were given.' }),
      }),
    ),
  saveAccommodation: operation({
    method: 'PUT',
    path: '/assessment/courses/{courseId}/accommodations/{userId}',
    access: 'course.author',
    tags,
    summary:
      'Give a learner more time, breaks, more attempts or dates of their own, in all quizzes of a course or in one. In that quiz, what is given for it replaces what is given for the course. Open attempts follow. Without anything in it, it is removed.',
  })
    .input(z.object({ courseId: id, userId: id, quizId: id.nullable().default(null), ...conditions }))
    .output(accommodation),
  saveGroupAccommodation: operation({
    method: 'PUT',
    path: '/assessment/courses/{courseId}/group-accommodations/{groupId}',
    access: 'course.author',
    tags,
    summary:
      'Give all learners of a group more time, breaks, more attempts or dates of their own, in all quizzes of a course or in one. What a learner was given themselves goes before; of several groups the most generous counts. Open attempts follow. Without anything in it, it is removed.',
  })
    .input(z.object({ courseId: id, groupId, quizId: id.nullable().default(null), ...conditions }))
    .output(ofGroup),
}
